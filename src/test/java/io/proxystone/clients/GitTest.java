package io.proxystone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** git over smart HTTP, with a repository too large for any buffer. */
class GitTest {
    private static final int FILES = 6;
    private static final int FILE_SIZE = 5_000_000;
    private static final int BRANCHES = 100;

    @TempDir
    static Path directory;

    private static Program git;
    private static GitHttpBackend backend;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws Exception {
        git = Program.named("git", directory)
                .with("GIT_CONFIG_NOSYSTEM", "1")
                .with("GIT_TERMINAL_PROMPT", "0")
                .with("GIT_AUTHOR_NAME", "Tester")
                .with("GIT_AUTHOR_EMAIL", "tester@example.test")
                .with("GIT_COMMITTER_NAME", "Tester")
                .with("GIT_COMMITTER_EMAIL", "tester@example.test");
        // Content that does not compress: no time is lost on trying.
        git("config", "--global", "core.bigFileThreshold", "1m");
        git("config", "--global", "core.compression", "0");
        git("init", "--quiet", "--bare", "--initial-branch=main", "served.git");
        git.run(history(), List.of("-C", "served.git", "fast-import", "--quiet"))
                .succeeded();
        backend = new GitHttpBackend(directory);
        gateway = RunningGateway.with().passThrough(backend.port()).start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
        backend.close();
    }

    private static String git(String... arguments) throws Exception {
        return git.run(arguments).succeeded().text().strip();
    }

    private String url() {
        return "http://127.0.0.1:" + gateway.port() + "/served.git";
    }

    /** Input of {@code git fast-import}: files that do not compress, and branches with a commit each. */
    private static Path history() throws IOException {
        Path file = directory.resolve("history");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            Random random = new Random(1);
            out.write(commit("main"));
            for (int i = 0; i < FILES; i++) {
                out.write(("M 100644 inline file" + i + "\ndata " + FILE_SIZE + "\n").getBytes(StandardCharsets.UTF_8));
                out.write(octets(random, FILE_SIZE));
                out.write('\n');
            }
            for (int i = 0; i < BRANCHES; i++) {
                out.write(commit("branch" + i));
                out.write(("from refs/heads/main\nM 100644 inline note\ndata <<.\n" + i + "\n.\n")
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static byte[] commit(String branch) {
        return ("commit refs/heads/" + branch + "\ncommitter T <t@example.test> 1700000000 +0000\ndata 1\nx\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] octets(Random random, int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private String tip(String repository, String branch) throws Exception {
        return git("-C", repository, "rev-parse", branch);
    }

    @Test
    void clonesFetchesAndPushes() throws Exception {
        git("clone", "--quiet", url(), "clone");
        git("-C", "clone", "fsck", "--full", "--no-progress");
        assertThat(tip("clone", "origin/branch99")).isEqualTo(tip("served.git", "branch99"));
        assertThat(Files.size(directory.resolve("clone/file0"))).isEqualTo(FILE_SIZE);
        assertThat(backend.requests()).anySatisfy(request -> {
            assertThat(request.path()).isEqualTo("/served.git/git-upload-pack");
            assertThat(request.contentEncoding()).isEqualTo("gzip");
        });

        Files.write(directory.resolve("clone/new"), octets(new Random(2), 2 * FILE_SIZE));
        git("-C", "clone", "add", "new");
        git("-C", "clone", "commit", "--quiet", "--message", "A large file");
        git("-C", "clone", "push", "--quiet", "origin", "HEAD:main", "HEAD:other");
        git("-C", "served.git", "fsck", "--full", "--no-progress");
        assertThat(tip("served.git", "other")).isEqualTo(tip("clone", "HEAD"));
        assertThat(backend.requests()).anySatisfy(request -> {
            assertThat(request.path()).isEqualTo("/served.git/git-receive-pack");
            assertThat(request.transferEncoding()).isEqualTo("chunked");
        });

        git("-C", "clone", "push", "--quiet", "origin", "--delete", "other");
        git("-C", "clone", "fetch", "--quiet", "--prune");
        assertThat(git("-C", "clone", "branch", "--remotes")).doesNotContain("origin/other");
    }

    @Test
    void clonesShallowlyWithTheOldProtocol() throws Exception {
        git("-c", "protocol.version=0", "clone", "--quiet", "--depth", "1", url(), "shallow");
        assertThat(tip("shallow", "HEAD")).isEqualTo(tip("served.git", "main"));
    }

    @Test
    void isToldThatThereIsNoSuchRepository() throws Exception {
        Program.Result result = git.run("clone", url().replace("served", "missing"), "missing");
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.errors()).contains("not found");
    }
}
