package io.proxystone.upstream;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A self-signed certificate made by the JDK's keytool.
 *
 * @param server what a server with it is made of
 * @param pem the certificate in PEM
 */
record Certificates(SSLContext server, Path pem) {
    private static final String PASSWORD = "password";

    /** Makes one for some names, written as keytool's extension {@code san} has them. */
    static Certificates forNames(Path directory, String names) throws Exception {
        Path store = directory.resolve("origin.p12");
        Path pem = directory.resolve("origin.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "origin",
                "-keyalg",
                "EC",
                "-dname",
                "CN=origin",
                "-validity",
                "30",
                "-ext",
                "san=" + names,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD);
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "origin",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                pem.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return new Certificates(context, pem);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(arguments));
        command.add(
                0, Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }
}
