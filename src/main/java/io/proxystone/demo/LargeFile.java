package io.proxystone.demo;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Text of 64 MiB that is made while it is read: numbered lines of 64 octets. */
public final class LargeFile {
    private static final int LINE = 64;
    private static final long SIZE = 64L << 20;

    /** Starts to read it. */
    public InputStream open() {
        return new Lines();
    }

    private static final class Lines extends InputStream {
        private long position;
        private byte[] line = line(0);

        private static byte[] line(long number) {
            return String.format("line %-58d\n", number).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] to, int offset, int length) {
            if (position == SIZE) {
                return -1;
            }
            int count = 0;
            while (count < length && position < SIZE) {
                int column = (int) (position % LINE);
                if (column == 0) {
                    line = line(position / LINE);
                }
                int part = Math.min(length - count, LINE - column);
                System.arraycopy(line, column, to, offset + count, part);
                count += part;
                position += part;
            }
            return count;
        }
    }
}
