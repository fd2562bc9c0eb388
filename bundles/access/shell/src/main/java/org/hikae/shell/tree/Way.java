package org.hikae.shell.tree;

import org.hikae.io.ExactFiles;

/** Both ends of a copy. */
record Way(ExactFiles from, ExactFiles to) {}
