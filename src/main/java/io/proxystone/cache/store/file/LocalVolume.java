package io.proxystone.cache.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The file system of the operating system. */
final class LocalVolume implements Volume {

    @Override
    public Output create(Path file) throws IOException {
        try {
            return new ChannelOutput(createNew(file));
        } catch (NoSuchFileException e) {
            makeDirectoryOf(file);
            return new ChannelOutput(createNew(file));
        }
    }

    private static FileChannel createNew(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public Input open(Path file) throws IOException {
        return new ChannelInput(FileChannel.open(file, StandardOpenOption.READ));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            makeDirectoryOf(to);
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void makeDirectoryOf(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public List<Listed> list(Path directory, String prefix) throws IOException {
        List<Listed> files = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(
                directory, path -> path.getFileName().toString().startsWith(prefix))) {
            for (Path path : paths) {
                Listed file = look(path);
                if (file != null) {
                    files.add(file);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** A regular file's facts, or null if it is another thing or has gone meanwhile. */
    private static @Nullable Listed look(Path path) throws IOException {
        try {
            BasicFileAttributes facts =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            long modified = facts.lastModifiedTime().to(TimeUnit.SECONDS);
            return facts.isRegularFile() ? new Listed(path.getFileName().toString(), facts.size(), modified) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public long free(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    private record ChannelInput(FileChannel channel) implements Input {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private record ChannelOutput(FileChannel channel) implements Output {
        @Override
        public void write(ByteBuffer... pieces) throws IOException {
            long left = 0;
            for (ByteBuffer piece : pieces) {
                left += piece.remaining();
            }
            while (left > 0) {
                left -= channel.write(pieces);
            }
        }

        @Override
        public void force() throws IOException {
            // Content and size; when the file was written does not matter.
            channel.force(false);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
