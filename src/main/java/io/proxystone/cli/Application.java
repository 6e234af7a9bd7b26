package io.proxystone.cli;

import io.proxystone.config.InvalidFilesException;
import io.proxystone.control.FlowState;
import io.proxystone.control.Sources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands have the program do. */
public interface Application {

    /**
     * Serves until the process is told to end.
     *
     * @param managementPort the port of the management listener, or null for the configured one
     * @throws InvalidFilesException if flows or settings are wrong
     */
    void run(Sources sources, @Nullable Integer managementPort) throws Exception;

    /**
     * Checks flows and settings without serving.
     *
     * @return the flows they define
     */
    List<FlowState> validate(Sources sources) throws Exception;
}
