package io.proxystone.cache.store.file;

import static io.proxystone.cache.store.Samples.content;
import static io.proxystone.cache.store.Samples.head;
import static io.proxystone.cache.store.Samples.language;
import static io.proxystone.cache.store.Samples.received;

import io.proxystone.cache.CacheKey;
import io.proxystone.cache.Selection;
import io.proxystone.http.Fields;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A process that stores, freshens and removes until it is killed. The content of a response is the one with its id as seed. */
final class WritingProcess {
    static final List<CacheKey> KEYS = IntStream.range(0, 20)
            .mapToObj(i -> new CacheKey("http://example.org/" + i))
            .toList();

    private static final int ROUND = 1_000_000;

    private WritingProcess() {}

    static Process start(Path directory, int round) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WritingProcess.class.getName(),
                        directory.toString(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] arguments) {
        FileResponseStore store = new FileResponseStore(PatientSettings.of(Path.of(arguments[0]), 32 << 20));
        Random random = new Random();
        long first = (long) ROUND * Integer.parseInt(arguments[1]);
        for (long id = first; ; id++) {
            CacheKey key = KEYS.get(random.nextInt(KEYS.size()));
            Selection selection = language("l" + random.nextInt(3));
            var writing = store.write(key, head(id, selection, received(id)));
            byte[] content = content(random.nextInt(random.nextBoolean() ? 1000 : 500_000), id);
            if (writing.append(ByteBuffer.wrap(content))) {
                writing.commit(Fields.EMPTY);
            } else {
                writing.abort();
            }
            if (random.nextInt(3) == 0) {
                store.freshen(key, head(id, selection, received(id)));
            }
            if (random.nextInt(20) == 0) {
                store.remove(key);
            }
            // Not so fast that most of it is refused.
            store.find(key).toCompletableFuture().join();
            System.out.println("stored " + store.statistics().stored());
        }
    }
}
