package io.proxystone.clients;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An installed program that a test runs to its end, in a directory that is its home, too. It has two minutes. */
final class Program {
    private static final int PATIENCE_SECONDS = 120;

    private final Path file;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    private Program(Path file, Path directory) {
        this.file = file;
        this.directory = directory;
    }

    /** What a program has left behind. */
    record Result(int exitCode, byte[] output, String errors) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        /** This result, if the program says that it succeeded. */
        Result succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("Exit code " + exitCode + "\n" + errors + "\n" + text());
            }
            return this;
        }
    }

    /**
     * A program by its name.
     *
     * @param name the name on the search path, and of the Debian package unless that is told
     * @param directory where it runs
     */
    static Program named(String name, Path directory) {
        return named(name, name, directory);
    }

    /** A program from a Debian package of another name. */
    static Program named(String name, String debianPackage, Path directory) {
        Path found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("This test needs the program '" + name
                        + "', which is not installed. It is in the Debian package '" + debianPackage
                        + "'; bin/verify installs it."));
        return new Program(found, directory);
    }

    /** Sets a variable of the program's environment. */
    Program with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Result run(String... arguments) throws IOException, InterruptedException {
        return run(List.of(arguments));
    }

    Result run(List<String> arguments) throws IOException, InterruptedException {
        return run(Path.of("/dev/null"), arguments);
    }

    /** Runs the program with a file as its standard input. */
    Result run(Path input, List<String> arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", "");
        Path errors = Files.createTempFile(directory, "errors", "");
        Process process = builder(arguments)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(file + " did not end within " + PATIENCE_SECONDS + " s\n" + read(errors));
            }
            return new Result(process.exitValue(), Files.readAllBytes(output), read(errors));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private ProcessBuilder builder(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        Map<String, String> variables = builder.environment();
        // Neither a proxy nor the settings of whoever runs the tests come between program and gateway.
        variables.keySet().removeIf(Program::isOfTheUser);
        variables.put("HOME", directory.toString());
        variables.putAll(environment);
        return builder;
    }

    private static boolean isOfTheUser(String variable) {
        String name = variable.toLowerCase(Locale.ROOT);
        return name.endsWith("_proxy")
                || Stream.of("git_", "npm_", "maven_", "xdg_").anyMatch(name::startsWith);
    }

    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
