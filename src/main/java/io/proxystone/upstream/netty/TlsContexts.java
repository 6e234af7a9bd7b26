package io.proxystone.upstream.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.proxystone.upstream.UpstreamSettings;
import java.io.File;
import javax.net.ssl.SSLException;

/** Makes TLS contexts of settings. */
final class TlsContexts {
    private TlsContexts() {}

    /** @throws IllegalArgumentException if the certificates to trust cannot be read */
    static SslContext create(UpstreamSettings.Tls settings) {
        SslContextBuilder builder = SslContextBuilder.forClient();
        try {
            if (!settings.verify()) {
                builder.trustManager(InsecureTrustManagerFactory.INSTANCE).endpointIdentificationAlgorithm(null);
            } else {
                builder.endpointIdentificationAlgorithm("HTTPS");
                if (settings.trust() != null) {
                    builder.trustManager(new File(settings.trust()));
                }
            }
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new IllegalArgumentException("No certificates can be read from " + settings.trust(), e);
        }
    }
}
