package io.proxystone.control;

import io.proxystone.config.Finding;
import io.proxystone.config.InvalidFilesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the directories of flows and settings, and has a new revision made when they say something new. Files are looked
 * at when the system tells of a change, and every few seconds besides: not every file system tells.
 */
public final class SourceWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final long LOOK_SECONDS = 5;
    private static final long QUIET_MILLIS = 150;

    private final Revisions revisions;
    private final WatchService watch;
    private final Thread thread;
    private volatile Map<Path, String> seen;

    /** Notes what the files say now; made before the first revision is, so that no change falls between the two. */
    public SourceWatch(Revisions revisions) throws IOException {
        this.revisions = revisions;
        this.seen = contents();
        this.watch = FileSystems.getDefault().newWatchService();
        this.thread = new Thread(this::run, "source-watch");
        thread.setDaemon(true);
    }

    /** Starts to watch. */
    public void start() {
        thread.start();
    }

    private void register() throws IOException {
        for (Path directory : directories()) {
            directory.register(
                    watch,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        }
    }

    private List<Path> directories() throws IOException {
        List<Path> directories = new ArrayList<>();
        for (Path root :
                List.of(revisions.sources().routes(), revisions.sources().config())) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> below = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
                    below.filter(Files::isDirectory).forEach(directories::add);
                } catch (UncheckedIOException | NoSuchFileException e) {
                    // A directory went away while it was looked at, or leads back to itself: the next look sees what is
                    // left.
                    LOG.atDebug().log("Directory cannot be listed: {}", e.getMessage());
                }
            }
        }
        return directories;
    }

    private void run() {
        try {
            tryToRegister();
            reloadIfChanged();
            while (true) {
                awaitQuiet();
                tryToRegister();
                reloadIfChanged();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // The watch has been closed.
        }
    }

    /** Waits until something may have changed and no further change has followed for a moment. */
    private void awaitQuiet() throws InterruptedException {
        long latest = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOOK_SECONDS);
        WatchKey key = watch.poll(LOOK_SECONDS, TimeUnit.SECONDS);
        while (key != null && System.nanoTime() - latest < 0) {
            key.pollEvents();
            key.reset();
            key = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.pollEvents();
            key.reset();
        }
    }

    private void tryToRegister() {
        try {
            register();
        } catch (IOException e) {
            LOG.atWarn().log("Changes will be noticed later, a directory cannot be watched: {}", String.valueOf(e));
        }
    }

    private void reloadIfChanged() {
        boolean changed;
        try {
            changed = !contents().equals(seen);
        } catch (IOException e) {
            LOG.atWarn().log("Flows and settings cannot be looked at: {}", String.valueOf(e));
            return;
        }
        if (changed) {
            reload();
        }
    }

    /** Makes a new revision of the files as they are, or says why not. */
    public synchronized void reload() {
        try {
            seen = contents();
            revisions.replace();
        } catch (InvalidFilesException e) {
            for (Finding finding : e.findings()) {
                LOG.atError()
                        .addKeyValue("serving", revisions.status().number())
                        .log("Change rejected, the former revision goes on: {}", finding);
            }
        } catch (IOException e) {
            LOG.atError().log("Flows and settings cannot be read: {}", e.getMessage());
        }
    }

    /** The text of every file that flows or settings are made of. */
    private Map<Path, String> contents() throws IOException {
        Map<Path, String> contents = new HashMap<>();
        for (Path directory : directories()) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.{yaml,yml,properties}")) {
                for (Path file : files) {
                    contents.put(file, content(file));
                }
            } catch (NoSuchFileException | DirectoryIteratorException e) {
                // A file or directory went away between two looks; the next one sees what is left.
            }
        }
        return contents;
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (IOException e) {
            LOG.atDebug().log("Watch could not be closed: {}", e.getMessage());
        }
    }
}
