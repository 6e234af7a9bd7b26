package io.proxystone.config;

import java.util.List;
import java.util.stream.Collectors;

/** Files of the user that cannot be put to use, with all that is known to be wrong. */
public final class InvalidFilesException extends Exception {
    private final List<Finding> findings;

    public InvalidFilesException(List<Finding> findings) {
        super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    public InvalidFilesException(Finding finding) {
        this(List.of(finding));
    }

    public List<Finding> findings() {
        return findings;
    }
}
