package dev.bantam.model.server;

import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** HTTP clients as model servers need them. */
public final class Clients {
    private Clients() {}

    /**
     * Never follows a redirection: it could carry the key, or an offline request, to another machine.
     *
     * @param encrypted whether the server's address is {@code https}. One that is not needs no certificates, and reading
     *     the JDK's costs a noticeable part of the start
     */
    public static HttpClient.Builder builder(boolean encrypted) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                // llama.cpp and uvicorn stumble over the offer to upgrade to HTTP/2 in plain text
                .version(encrypted ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER);
        return encrypted ? builder : builder.sslContext(trustingNobody());
    }

    private static SSLContext trustingNobody() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
