package io.proxystone.cache.store.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** What a store asks of a file system. Tests put one in its place that fails. */
interface Volume {

    /** Makes a file that is not there yet, and the directory it is in. */
    Output create(Path file) throws IOException;

    Input open(Path file) throws IOException;

    /** Gives a file another name in one step, in place of what had it, and makes the directory it is in. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file if it is there. */
    void delete(Path file) throws IOException;

    /** The files in a directory whose names start with a text; none if the directory is not there. */
    List<Listed> list(Path directory, String prefix) throws IOException;

    /** The octets that may still be written to where a directory is. */
    long free(Path directory) throws IOException;

    /**
     * A file as its directory shows it.
     *
     * @param size its octets
     * @param modified when it was last written, in seconds since 1970
     */
    record Listed(String name, long size, long modified) {}

    /** A file that is read. Several threads may do so at a time. */
    interface Input extends Closeable {
        long size() throws IOException;

        /** Puts some octets from a position on into a buffer and returns their number, or -1 behind the last one. */
        int read(ByteBuffer into, long position) throws IOException;
    }

    /** A file that is written from its start to its end. */
    interface Output extends Closeable {

        /** Writes all that is in some buffers. */
        void write(ByteBuffer... pieces) throws IOException;

        /** Returns when everything written has reached the medium. */
        void force() throws IOException;
    }
}
