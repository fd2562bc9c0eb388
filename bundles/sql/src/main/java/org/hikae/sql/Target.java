package org.hikae.sql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.api.job.Reason;

/**
 * Which database it is, and how to get there.
 *
 * @param url empty: the file in the home
 * @param password is in no message
 */
public record Target(String driver, String url, String user, String password, DatabaseFile file, Drivers drivers) {

    /** Configuration that says which database it is. */
    public static final String PID = "org.hikae.catalog";

    /** Class of the driver unless it says another. */
    public static final String H2 = "org.h2.Driver";

    /** What H2 says if another program has the file open, or another connection to it in this one. */
    private static final int IN_USE = 90020;

    private static final Pattern LOGIN = Pattern.compile("(?<=//)[^/@]*@");
    private static final Pattern PARAMETERS = Pattern.compile("[;?].*", Pattern.DOTALL);

    /** Whether it is ours to make anew: the file in the home. */
    boolean isOwnFile() {
        return url.isEmpty();
    }

    /** @throws IOException if the driver is not there, or not for this database */
    public Connection connect() throws IOException, SQLException {
        if (isOwnFile() && !driver.equals(H2)) {
            throw new IOException("the configuration " + PID + " has the driver " + driver + " and no 'url'");
        }
        Driver there = drivers.get(driver);
        Properties login = new Properties();
        if (!user.isEmpty() || isOwnFile()) {
            login.setProperty("user", user);
        }
        if (!password.isEmpty()) {
            login.setProperty("password", password);
        }
        Connection connection = there.connect(fullUrl(), login);
        if (connection == null) {
            throw new IOException("the driver " + driver + " is not for the URL " + shown());
        }
        connection.setAutoCommit(false);
        return connection;
    }

    private String fullUrl() {
        return isOwnFile() ? file.url() : url;
    }

    /** Its URL without what may be secret: parameters, and whom to log in as. */
    String shown() {
        return shown(fullUrl());
    }

    /** A URL without what may be secret. */
    public static String shown(String url) {
        return LOGIN.matcher(PARAMETERS.matcher(url).replaceFirst("")).replaceFirst("");
    }

    /** What went wrong, and what to do, in a sentence and without secrets. */
    String problem(Throwable failure) {
        String reason = Reason.of(failure).replace(fullUrl(), shown());
        Matcher login = LOGIN.matcher(fullUrl());
        if (login.find()) {
            reason = reason.replace(login.group(), "");
        }
        if (!password.isEmpty()) {
            reason = reason.replace(password, "...");
        }
        return "the catalog's database " + shown() + " cannot be used: " + reason + "; " + advice(failure);
    }

    private String advice(Throwable failure) {
        if (!isOwnFile()) {
            return "see the configuration " + PID;
        } else if (isInUse(failure)) {
            return "end the program that has it open";
        }
        return "'catalog rebuild' makes it anew";
    }

    boolean isInUse(Throwable failure) {
        return failure instanceof SQLException sql && sql.getErrorCode() == IN_USE;
    }
}
