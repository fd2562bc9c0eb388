package org.hikae.shell.command;

import picocli.CommandLine.Option;

/** Whether a command prints for programs. */
final class JsonOption {

    @Option(names = "--json", description = "Print one JSON document and nothing else.")
    boolean on;
}
