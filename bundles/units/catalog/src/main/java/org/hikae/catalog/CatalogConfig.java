package org.hikae.catalog;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which database the catalog is kept in. */
@ObjectClassDefinition(
        name = "Catalog",
        description = "The database in which is kept what is known of generations, groups and jobs")
@interface CatalogConfig {

    String DRIVER = "org.h2.Driver";

    @AttributeDefinition(
            description = "Class of the JDBC driver (osgi.jdbc.driver.class), whose bundle must be installed")
    String driver() default DRIVER;

    @AttributeDefinition(
            description = "JDBC URL of the database, which is for this platform alone; empty: a file in HOME/catalog")
    String url() default "";

    @AttributeDefinition(description = "Name to log in with")
    String user() default "";

    @AttributeDefinition(name = ".password", description = "Password to log in with", type = AttributeType.PASSWORD)
    String _password() default "";
}
