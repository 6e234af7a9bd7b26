package io.proxystone.cache.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The local file system, until a fault says otherwise. */
final class FaultyVolume implements Volume {
    /** What a volume is asked to do. */
    enum Operation {
        CREATE(true),
        WRITE(true),
        FORCE(true),
        RENAME(true),
        DELETE(true),
        OPEN(false),
        READ(false),
        LIST(false);

        private final boolean change;

        Operation(boolean change) {
            this.change = change;
        }

        /** Whether it leaves the disk other than it was. */
        boolean isChange() {
            return change;
        }
    }

    /** What happens before an operation; an exception is what it ends with. */
    interface Fault {
        void before(Operation operation, Path file) throws IOException;
    }

    private final Volume local = new LocalVolume();
    volatile Fault fault = (operation, file) -> {};

    /** The octets that are said to be free. */
    final AtomicLong free = new AtomicLong(Long.MAX_VALUE);

    @Override
    public Output create(Path file) throws IOException {
        fault.before(Operation.CREATE, file);
        return new FaultyOutput(file, local.create(file));
    }

    @Override
    public Input open(Path file) throws IOException {
        fault.before(Operation.OPEN, file);
        return new FaultyInput(file, local.open(file));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        fault.before(Operation.RENAME, to);
        local.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        fault.before(Operation.DELETE, file);
        local.delete(file);
    }

    @Override
    public List<Listed> list(Path directory, String prefix) throws IOException {
        fault.before(Operation.LIST, directory.resolve(prefix));
        return local.list(directory, prefix);
    }

    @Override
    public long free(Path directory) {
        return free.get();
    }

    private final class FaultyOutput implements Output {
        private final Path file;
        private final Output local;

        FaultyOutput(Path file, Output local) {
            this.file = file;
            this.local = local;
        }

        /** A write that fails has written the first half. */
        @Override
        public void write(ByteBuffer... pieces) throws IOException {
            try {
                fault.before(Operation.WRITE, file);
            } catch (IOException e) {
                ByteBuffer first = pieces[0].duplicate();
                local.write(first.limit(first.position() + first.remaining() / 2));
                throw e;
            }
            local.write(pieces);
        }

        @Override
        public void force() throws IOException {
            fault.before(Operation.FORCE, file);
            local.force();
        }

        @Override
        public void close() throws IOException {
            local.close();
        }
    }

    private final class FaultyInput implements Input {
        private final Path file;
        private final Input local;

        FaultyInput(Path file, Input local) {
            this.file = file;
            this.local = local;
        }

        @Override
        public long size() throws IOException {
            return local.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            fault.before(Operation.READ, file);
            return local.read(into, position);
        }

        @Override
        public void close() throws IOException {
            local.close();
        }
    }
}
