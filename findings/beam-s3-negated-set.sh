#!/usr/bin/env bash
# A negated set in a glob means the opposite on S3. Beam's local file system takes "a[!1]" for every name of two
# characters that begins with "a" and is not "a1", as a shell does; its S3 file system takes "!" for one of the
# characters of the set, so the same glob selects "a1" and never "a2". A glob that was tried on a disk leaves out
# what it should read, and reads what it should leave out. The same match asks for every object by a HEAD of its own, after
# the listing has said everything. See the rules of globs in src/docs/formats.md for what Sluice does with such a glob.
source "$(dirname "$0")/common.sh"

run_java org.apache.beam:beam-sdks-java-io-amazon-web-services2:2.70.0 <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
  static final List<String> NAMES = List.of("a1", "a2", "a3");

  public static class PathStyle implements S3ClientBuilderFactory {
    @Override
    public S3ClientBuilder createBuilder(S3Options options) {
      return new DefaultS3ClientBuilderFactory().createBuilder(options).forcePathStyle(true);
    }
  }

  public static void main(String[] args) throws Exception {
    AtomicInteger heads = new AtomicInteger();
    HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      exchange.getResponseHeaders().add("Last-Modified", "Sat, 31 Jan 2026 00:00:00 GMT");
      exchange.getResponseHeaders().add("ETag", "\"0\"");
      if (exchange.getRequestMethod().equals("HEAD")) {
        heads.incrementAndGet();
        boolean there = NAMES.contains(exchange.getRequestURI().getPath().substring("/bucket/".length()));
        exchange.getResponseHeaders().add("Content-Length", "1");
        exchange.sendResponseHeaders(there ? 200 : 404, -1);
      } else {
        StringBuilder list = new StringBuilder(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated>");
        NAMES.forEach(name -> list.append("<Contents><Key>").append(name).append(
            "</Key><LastModified>2026-01-31T00:00:00.000Z</LastModified><ETag>\"0\"</ETag><Size>1</Size></Contents>"));
        byte[] body = list.append("</ListBucketResult>").toString().getBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
      exchange.close();
    });
    server.start();
    AwsOptions options = PipelineOptionsFactory.create().as(AwsOptions.class);
    options.setAwsRegion(Region.US_EAST_1);
    options.setAwsCredentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")));
    options.setEndpoint(URI.create("http://localhost:" + server.getAddress().getPort()));
    options.as(S3Options.class).setS3ClientFactoryClass(PathStyle.class);
    FileSystems.setDefaultPipelineOptions(options);
    Path folder = Files.createDirectory(Path.of("disk"));
    for (String name : NAMES) {
      Files.writeString(folder.resolve(name), "x");
    }
    List<String> onDisk = match(folder.toAbsolutePath() + "/a[!1]");
    List<String> onS3 = match("s3://bucket/a[!1]");
    heads.set(0);
    List<String> all = match("s3://bucket/a*");
    System.out.println("Beam " + ReleaseInfo.getReleaseInfo().getVersion() + ", files " + NAMES);
    System.out.println("  a[!1] on a disk matches " + onDisk);
    System.out.println("  a[!1] on S3 matches     " + onS3);
    System.out.println("  a* on S3 matches " + all + ", with " + heads.get() + " HEAD requests");
    boolean same = onDisk.equals(List.of("a2", "a3")) && onS3.equals(List.of("a1")) && heads.get() == NAMES.size();
    System.out.println(same ? "As described: the opposite, and a HEAD for each object." : "The behaviour has changed.");
    System.exit(same ? 0 : 1);
  }

  static List<String> match(String glob) throws Exception {
    return FileSystems.match(glob).metadata().stream().map(file -> file.resourceId().getFilename()).sorted().toList();
  }
}
JAVA
