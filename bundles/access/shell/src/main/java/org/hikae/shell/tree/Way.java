package org.hikae.shell.tree;

/** Both ends of a copy. */
record Way(Side from, Side to) {}
