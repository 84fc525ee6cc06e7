#!/usr/bin/env bash
# An upload that S3 refused becomes an object all the same, cut short. When a part is refused, the channel of Beam's S3
# file system throws out of write(); the caller's try-with-resources then closes the channel, and close() sends an
# empty part and completes the upload. The object has what came before the refused part, and looks whole in every
# listing. The channel has no way to abandon an upload. Who wrote sees the exception; who reads the bucket does not.
# Sluice has a file system of its own for S3, whose channel abandons an upload that failed.
source "$(dirname "$0")/common.sh"

run_java org.apache.beam:beam-sdks-java-io-amazon-web-services2:2.70.0 <<'JAVA'
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.AwsOptions;
import org.apache.beam.sdk.io.aws2.options.S3ClientBuilderFactory;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.util.ReleaseInfo;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

public class Main {
  static final int PART = 5 << 20;
  static final List<String> SEEN = new CopyOnWriteArrayList<>();

  /** The bytes of each part that was taken. */
  static final Map<Integer, Long> TAKEN = new TreeMap<>();

  public static class PathStyle implements S3ClientBuilderFactory {
    @Override
    public S3ClientBuilder createBuilder(S3Options options) {
      return new DefaultS3ClientBuilderFactory().createBuilder(options).forcePathStyle(true);
    }
  }

  public static void main(String[] args) throws Exception {
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", Main::answer);
    server.start();
    AwsOptions options = PipelineOptionsFactory.create().as(AwsOptions.class);
    options.setAwsRegion(Region.US_EAST_1);
    options.setAwsCredentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
    options.setEndpoint(URI.create("http://localhost:" + server.getAddress().getPort()));
    options.as(S3Options.class).setS3ClientFactoryClass(PathStyle.class);
    options.as(S3Options.class).setS3UploadBufferSizeBytes(PART);
    FileSystems.setDefaultPipelineOptions(options);
    System.out.println("Beam " + ReleaseInfo.getReleaseInfo().getVersion() + ", three parts of 5 MiB, of which the second is refused");
    boolean thrown = false;
    try (WritableByteChannel channel =
        FileSystems.create(FileSystems.matchNewResource("s3://bucket/key", false), "text/plain")) {
      for (int part = 1; part <= 3; part++) {
        channel.write(ByteBuffer.allocate(PART));
      }
    } catch (IOException | RuntimeException e) {
      thrown = true;
      System.out.println("  the writer is told: " + e.getMessage().lines().findFirst().orElse(""));
    }
    SEEN.forEach(line -> System.out.println("  " + line));
    boolean same =
        thrown
            && SEEN.get(SEEN.size() - 1).equals("complete upload: 200")
            && TAKEN.equals(Map.of(1, (long) PART, 3, 0L));
    System.out.println(same ? "As described: an object of 5 MiB of 15." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }

  static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    String body = "";
    int status = 200;
    String what;
    if (exchange.getRequestMethod().equals("DELETE")) {
      what = "abandon upload";
    } else if (query.contains("uploads")) {
      what = "begin upload";
      body = "<InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key><UploadId>u</UploadId></InitiateMultipartUploadResult>";
    } else if (query.contains("partNumber")) {
      int part = Integer.parseInt(query.replaceAll(".*partNumber=(\\d+).*", "$1"));
      // The body is in signed chunks; the header has the length of what is in them.
      long length = Long.parseLong(exchange.getRequestHeaders().getFirst("x-amz-decoded-content-length"));
      what = "part " + part + " of " + length + " bytes";
      if (part == 2) {
        status = 403;
        body = "<Error><Code>AccessDenied</Code><Message>refused</Message></Error>";
      } else {
        exchange.getResponseHeaders().add("ETag", "\"0\"");
        TAKEN.put(part, length);
      }
    } else {
      what = "complete upload";
      body = "<CompleteMultipartUploadResult><Bucket>bucket</Bucket><Key>key</Key><ETag>\"0\"</ETag></CompleteMultipartUploadResult>";
    }
    SEEN.add(what + ": " + status);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.getBytes().length);
    exchange.getResponseBody().write(body.getBytes());
    exchange.close();
  }
}
JAVA
