/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonFactory;
import io.sluice.localaws.BlobStoreBuckets;
import io.sluice.localaws.dynamodb.bucket.Buckets;
import io.sluice.localaws.dynamodb.request.JsonTree;
import io.sluice.localaws.dynamodb.store.Segment;
import io.sluice.localaws.dynamodb.table.Tables;
import io.sluice.localaws.dynamodb.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * Serves requests in which apostrophes stand for quotes, and has s3proxy's store with the bucket
 * {@code bucket}. Its clock stands still, and jobs wait, until they are told to go on.
 */
public final class S3Service {

  /** Names the ARN of the table {@code abc}. */
  public static final String ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/abc";

  private static final String TABLE =
      "'KeySchema':[{'AttributeName':'h','KeyType':'HASH'},"
          + "{'AttributeName':'r','KeyType':'RANGE'}],"
          + "'AttributeDefinitions':[{'AttributeName':'h','AttributeType':'S'},"
          + "{'AttributeName':'r','AttributeType':'N'}],'BillingMode':'PAY_PER_REQUEST'";

  private final TransientNio2BlobStore store = new TransientNio2BlobStore();
  private final Queue<Runnable> jobs = new ArrayDeque<>();
  private Instant now = Instant.parse("2026-01-02T03:04:05.678Z");
  private final Tables tables = new Tables(() -> now);
  private final BlobStoreBuckets buckets = new BlobStoreBuckets(store);
  private Optional<Error> broken = Optional.empty();
  private final Map<String, Error> unreadable = new HashMap<>();
  private final Operations operations =
      new Operations(
          tables,
          new BucketSettings(
              new BreakableBuckets(), () -> now, jobs::add, BucketSettings.EXPORT_FILES));

  public S3Service() {
    store.createContainer("bucket");
  }

  /** Describes a table of that name, with the keys h and r, as CreateTable does. */
  public static String table(String name) {
    return "{'TableName':'" + name + "'," + TABLE + "}";
  }

  /** Starts with the table {@code abc}, and with point-in-time recovery of it. */
  public static S3Service withRecovery() {
    S3Service service = new S3Service();
    service.ok("CreateTable", table("abc"));
    service.ok(
        "UpdateContinuousBackups",
        "{'TableName':'abc','PointInTimeRecoverySpecification':"
            + "{'PointInTimeRecoveryEnabled':true}}");
    return service;
  }

  /** Names all operations. */
  public Set<String> operations() {
    return operations.names();
  }

  public Instant now() {
    return now;
  }

  public void passes(Duration time) {
    now = now.plus(time);
  }

  /** Has all that the service does with S3 end with an error from now on. */
  public void breaks(Error error) {
    broken = Optional.of(error);
  }

  /** Has reads of an object end with an error from now on. */
  public void breaksReads(String key, Error error) {
    unreadable.put(key, error);
  }

  /** Has writes to a table end with an error from now on, after they were done. */
  public void breaksWrites(String table, Error error) {
    tables
        .get(table)
        .store()
        .listen(
            (key, change) -> {
              throw error;
            });
  }

  /** Passes everything on until it is broken. */
  private final class BreakableBuckets implements Buckets {

    private Buckets checked() {
      broken.ifPresent(
          error -> {
            throw error;
          });
      return buckets;
    }

    @Override
    public List<String> list(String bucket, String prefix) throws IOException {
      return checked().list(bucket, prefix);
    }

    @Override
    public InputStream read(String bucket, String key) throws IOException {
      if (unreadable.containsKey(key)) {
        throw unreadable.get(key);
      }
      return checked().read(bucket, key);
    }

    @Override
    public String write(String bucket, String key, byte[] content) throws IOException {
      return checked().write(bucket, key, content);
    }

    @Override
    public String write(String bucket, String key, Path content) throws IOException {
      return checked().write(bucket, key, content);
    }
  }

  /** Does the jobs that were started. */
  public void runJobs() {
    while (!jobs.isEmpty()) {
      jobs.remove().run();
    }
  }

  /** Gives the answer to a request, which must succeed. */
  public Map<String, Object> ok(String operation, String request) {
    Reply reply = send(operation, request);
    assertThat(new String(reply.body(), UTF_8), reply.status(), is(200));
    return tree(reply.body());
  }

  /** Gives the type and the message of the answer to a request, which must fail. */
  public String error(String operation, String request) {
    Reply reply = send(operation, request);
    assertThat(new String(reply.body(), UTF_8), reply.status(), is(400));
    Map<String, Object> error = tree(reply.body());
    String type = (String) error.get("__type");
    return type.substring(type.indexOf('#') + 1)
        + ": "
        + error.getOrDefault("message", error.get("Message"));
  }

  private Reply send(String operation, String request) {
    // Another service's operation has its whole target.
    String target = operation.contains(".") ? operation : "DynamoDB_20120810." + operation;
    return operations.answer(target, request.replace('\'', '"').getBytes(UTF_8), "eu-west-1");
  }

  /** Gives a member that is an object. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Map<String, Object> tree, String name) {
    return (Map<String, Object>) tree.get(name);
  }

  /** Reads JSON in which apostrophes stand for quotes. */
  public static Map<String, Object> quoted(String json) {
    return tree(json.replace('\'', '"').getBytes(UTF_8));
  }

  public static Map<String, Object> tree(byte[] json) {
    try {
      return JsonTree.read(new JsonFactory().createParser(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void put(String table, Map<String, Value> item) {
    tables.get(table).store().put(item);
  }

  public void delete(String table, Map<String, Value> key) {
    tables.get(table).store().delete(key);
  }

  /** Reads all items of a table. */
  public Set<Map<String, Value>> items(String table) {
    Set<Map<String, Value>> items = new HashSet<>();
    tables
        .get(table)
        .store()
        .items()
        .scan(Segment.WHOLE, Optional.empty())
        .forEachRemaining(stored -> items.add(stored.item()));
    return items;
  }

  /** Names the maps that the tables take space in. */
  public Set<String> maps() {
    return tables.storage().names();
  }

  public List<String> keys(String prefix) {
    try {
      return buckets.list("bucket", prefix);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] content(String key) {
    try (InputStream in = buckets.read("bucket", key)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the lines of a compressed object. */
  public List<String> lines(String key) {
    try (InputStream in = new GZIPInputStream(buckets.read("bucket", key))) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an object, and gives its ETag. */
  public String write(String key, byte[] content) {
    try {
      return buckets.write("bucket", key, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes an object of text in which apostrophes stand for quotes. */
  public void write(String key, String text) {
    write(key, text.replace('\'', '"').getBytes(UTF_8));
  }
}
