/**
 * The order in which a center collects (e.5, R24): which request is sent now, at what rate, which one waits, until when and why.
 * Pure: knows no clock, no thread and no file; time is told to it.
 */
package org.hikae.files.center.plan;
