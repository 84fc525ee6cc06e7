#!/usr/bin/env bash
# s3proxy answers 501 NotImplemented to every request that is signed with the credentials of a session, those of an
# assumed role for example: the header x-amz-security-token, which the AWS SDK signs and sends with them, is none that it
# knows. The same request with a plain key is answered. Nothing names the header but the server's own log, and whoever
# rehearses roles against it looks for what S3 could not implement.
# With ignoreUnknownHeaders it takes the request, and checks the signature over that header, too.
# Sluice starts the s3proxy of its embedded AWS so.
source "$(dirname "$0")/common.sh"

run_java org.gaul:s3proxy:4.1.0:alone software.amazon.awssdk:s3:2.57.8 com.google.guava:guava:33.7.1-jre \
  com.google.jimfs:jimfs:1.3.2 jakarta.servlet:jakarta.servlet-api:6.0.0 tools.jackson.core:jackson-databind:3.2.2 \
  tools.jackson.dataformat:jackson-dataformat-xml:3.2.2 org.slf4j:slf4j-api:2.0.18 <<'JAVA'
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

public class Main {
  /** Lists a bucket, signed as documented for version 2 of signatures; with the token of a session or without. */
  static String list(URI server, String token) throws Exception {
    String date =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US).format(ZonedDateTime.now(ZoneOffset.UTC));
    String headers = "x-amz-date:" + date + "\n" + (token == null ? "" : "x-amz-security-token:" + token + "\n");
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] signature = mac.doFinal(("GET\n\n\n\n" + headers + "/bucket").getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/bucket"))
            .header("x-amz-date", date)
            .header("Authorization", "AWS key:" + Base64.getEncoder().encodeToString(signature));
    if (token != null) {
      request.header("x-amz-security-token", token);
    }
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    boolean isNot = answer.body().contains("<Code>NotImplemented</Code>");
    return answer.statusCode() + (isNot ? " NotImplemented" : "");
  }

  static boolean run(boolean ignores, String expected) throws Exception {
    TransientNio2BlobStore store = new TransientNio2BlobStore();
    store.createContainer("bucket");
    S3Proxy server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key", "secret")
            .ignoreUnknownHeaders(ignores)
            .blobStore(store)
            .build();
    server.start();
    try {
      URI uri = URI.create("http://127.0.0.1:" + server.getPort());
      String plain = list(uri, null);
      String session = list(uri, "token");
      System.out.printf(
          "s3proxy 4.1.0, ignoreUnknownHeaders=%-5b  plain key: %s   with the token of a session: %s%n", ignores, plain, session);
      return plain.equals("200") && session.equals(expected);
    } finally {
      server.stop();
    }
  }

  public static void main(String[] args) throws Exception {
    boolean same = run(false, "501 NotImplemented") & run(true, "200");
    System.out.println(same ? "As described." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }
}
JAVA
