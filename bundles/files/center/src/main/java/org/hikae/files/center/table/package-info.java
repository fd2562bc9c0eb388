/** Tables in the catalog's database: what is on media of runs of clients. */
package org.hikae.files.center.table;
