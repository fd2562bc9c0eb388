/** The times of cron expressions. */
package org.hikae.cron;
