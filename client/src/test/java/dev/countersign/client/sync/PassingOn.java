package dev.countersign.client.sync;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** Passes a request on to a real server and brings its answer, whatever it is. */
final class PassingOn {
  private final String server;
  private final OkHttpClient client;

  PassingOn(String server, String pin) {
    this.server = server;
    try {
      PinnedKey key = PinnedKey.of(java.util.List.of(pin));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {key}, null);
      this.client =
          new OkHttpClient.Builder()
              .sslSocketFactory(context.getSocketFactory(), key)
              .hostnameVerifier((_, _) -> true)
              .build();
    } catch (java.security.GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Front.Said pass(Front.Asked asked) throws IOException {
    String query = asked.query() == null ? "" : "?" + asked.query();
    Request.Builder request = new Request.Builder().url(server + asked.path() + query);
    if (!asked.authorization().isEmpty()) {
      request.header("Authorization", asked.authorization());
    }
    if (asked.method().equals("POST")) {
      request.post(RequestBody.create(asked.body()));
    }
    try (var response = client.newCall(request.build()).execute()) {
      Map<String, String> headers = new HashMap<>();
      for (String name : List.of("Retry-After", "WWW-Authenticate")) {
        String value = response.header(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      return new Front.Said(
          response.code(), response.header("Content-Type", ""), response.body().bytes(), headers);
    }
  }
}
