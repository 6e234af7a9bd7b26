package io.proxystone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.proxystone.RunningGateway;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Maven gets a parent POM and a jar from a mirror of files, and verifies their checksums. The jar is an extension of the
 * build, which Maven itself downloads: no plugin takes part, so nothing comes from anywhere else.
 */
class MavenTest {
    private static final String PARENT = "test/stone/parent/1/parent-1.pom";
    private static final String EXTENSION = "test/stone/extension/1/extension-1.";
    private static final int JAR_CONTENT = 3_000_000;

    @TempDir
    Path directory;

    @Test
    void downloadsAParentAndAJar() throws Exception {
        Path files = directory.resolve("mirror");
        publish(files.resolve(PARENT), pom("parent", "pom", ""));
        publish(files.resolve(EXTENSION + "pom"), pom("extension", "jar", ""));
        publishJar(files.resolve(EXTENSION + "jar"));
        try (Site mirror = new Site().files("/maven/", files);
                RunningGateway gateway =
                        RunningGateway.with().passThrough(mirror.port()).start()) {
            Files.writeString(directory.resolve("settings.xml"), """
                    <settings>
                      <mirrors>
                        <mirror>
                          <id>stone</id>
                          <mirrorOf>*</mirrorOf>
                          <url>http://127.0.0.1:%d/maven</url>
                        </mirror>
                      </mirrors>
                    </settings>
                    """.formatted(gateway.port()));
            Files.writeString(directory.resolve("pom.xml"), pom("project", "pom", """
                    <parent>
                      <groupId>test.stone</groupId>
                      <artifactId>parent</artifactId>
                      <version>1</version>
                      <relativePath/>
                    </parent>
                    """));
            Files.createDirectory(directory.resolve(".mvn"));
            Files.writeString(directory.resolve(".mvn/extensions.xml"), """
                    <extensions>
                      <extension>
                        <groupId>test.stone</groupId>
                        <artifactId>extension</artifactId>
                        <version>1</version>
                      </extension>
                    </extensions>
                    """);
            maven("--batch-mode", "--strict-checksums", "--settings", "settings.xml", "validate")
                    .succeeded();
            assertThat(directory.resolve("repository").resolve(PARENT)).hasSameTextualContentAs(files.resolve(PARENT));
            assertThat(directory.resolve("repository").resolve(EXTENSION + "jar"))
                    .hasSameBinaryContentAs(files.resolve(EXTENSION + "jar"));
            assertThat(mirror.requests())
                    .contains("GET /maven/" + PARENT, "GET /maven/" + EXTENSION + "jar.sha1")
                    .hasSize(6);
        }
    }

    private Program.Result maven(String... arguments) throws Exception {
        return Program.named("mvn", "maven", directory)
                .with("JAVA_HOME", System.getProperty("java.home"))
                .with("MAVEN_OPTS", "-Xmx128m -Dmaven.repo.local=" + directory.resolve("repository"))
                .run(arguments);
    }

    private static String pom(String artifact, String packaging, String more) {
        return """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>test.stone</groupId>
                  <artifactId>%s</artifactId>
                  <version>1</version>
                  <packaging>%s</packaging>
                  %s
                </project>
                """.formatted(artifact, packaging, more);
    }

    private static void publish(Path file, String content) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        writeChecksum(file);
    }

    private static void publishJar(Path file) throws Exception {
        byte[] content = new byte[JAR_CONTENT];
        new Random(3).nextBytes(content);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            jar.putNextEntry(new JarEntry("content"));
            jar.write(content);
        }
        writeChecksum(file);
    }

    private static void writeChecksum(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file));
        Files.writeString(Path.of(file + ".sha1"), HexFormat.of().formatHex(digest), StandardCharsets.US_ASCII);
    }
}
