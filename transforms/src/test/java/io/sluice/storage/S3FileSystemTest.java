/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.testing.FlakyProxy;
import io.sluice.testing.LocalAws;
import io.sluice.testing.LocalS3;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.S3FileSystemConfiguration;
import org.apache.beam.sdk.io.fs.CreateOptions.StandardCreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

class S3FileSystemTest {
  private static final LocalAws AWS = LocalAws.shared();
  private static final int PART = 5 << 20;

  private final String folder = "storage-" + UUID.randomUUID() + "/";
  private final FlakyProxy proxy = new FlakyProxy(AWS.s3Endpoint());
  private final S3FileSystem s3 = fileSystem(Duration.ofMinutes(1));

  private S3FileSystem fileSystem(Duration patience) {
    S3Options options = LocalS3.options(AWS, proxy.endpoint());
    options.setS3UploadBufferSizeBytes(PART);
    return new S3FileSystem(S3FileSystemConfiguration.fromS3Options(options), patience, PART);
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private void put(String name, String contents) {
    AWS.s3()
        .putObject(
            r -> r.bucket(AWS.bucket()).key(folder + name), RequestBody.fromString(contents));
  }

  private String url(String name) {
    return "s3://" + AWS.bucket() + "/" + folder + name;
  }

  private S3Place place(String name) {
    return S3Place.of(AWS.bucket(), folder + name);
  }

  private List<String> match(String glob) throws IOException {
    return s3.match(List.of(url(glob))).get(0).metadata().stream()
        .map(found -> found.resourceId().toString().substring(url("").length()))
        .toList();
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  private void write(String name, byte[] contents) throws IOException {
    try (OutputStream out = Channels.newOutputStream(create(name))) {
      out.write(contents);
    }
  }

  private WritableByteChannel create(String name) throws IOException {
    return s3.create(
        place(name), StandardCreateOptions.builder().setMimeType("text/plain").build());
  }

  private byte[] stored(String name) {
    return AWS.s3().getObjectAsBytes(r -> r.bucket(AWS.bucket()).key(folder + name)).asByteArray();
  }

  @Test
  void globs() throws IOException {
    for (String name :
        List.of(
            "a1.csv",
            "a2.csv",
            "a!.csv",
            "x/b.csv",
            "x/y/c.csv",
            "n\nl.csv",
            "x/n\nl.csv",
            "k[1],2.csv")) {
      put(name, name);
    }
    assertThat(match("a[!1].csv"), contains("a!.csv", "a2.csv"));
    assertThat(match("a?.csv"), contains("a!.csv", "a1.csv", "a2.csv"));
    assertThat(match("*/*.csv"), contains("x/b.csv", "x/n\nl.csv"));
    assertThat(match("x/**"), contains("x/b.csv", "x/n\nl.csv", "x/y/c.csv"));
    assertThat(match("n*"), contains("n\nl.csv"));
    assertThat(match("k\\[1],2.csv"), contains("k[1],2.csv"));
    assertThat(match("*/"), contains("x/"));
    assertThat(match("x/"), contains("x/"));
    assertThat(match("nothing*"), is(List.of()));
    assertThat(s3.match(List.of(url("nothing"))).get(0).status(), is(MatchResult.Status.NOT_FOUND));
  }

  @Test
  void marksOfFoldersAreNoFiles() throws IOException {
    put("", "");
    put("x/", "");
    put("x/a.csv", "a");
    assertThat(match("**"), contains("x/a.csv"));
    assertThat(match("*"), is(List.of()));
  }

  @Test
  void listingSendsNoRequestForEachObject() throws IOException {
    for (int i = 0; i < 30; i++) {
      put("f%02d.csv".formatted(i), "x".repeat(i));
      put("deep/f%02d.csv".formatted(i), "");
    }
    proxy.takeRequests();
    List<MatchResult.Metadata> found = s3.match(List.of(url("*.csv"))).get(0).metadata();
    assertThat(found, hasSize(30));
    assertThat(found.get(7).sizeBytes(), is(7L));
    assertThat(found.get(7).lastModifiedMillis() > 0, is(true));
    assertThat(found.get(7).isReadSeekEfficient(), is(true));
    List<String> requests = proxy.takeRequests();
    assertThat(requests, contains(startsWith("GET /")));
    assertThat("below it is not listed", requests.get(0), containsString("delimiter=%2F"));
    for (MatchResult.Metadata file : found) {
      try (SeekableByteChannel channel = open(file)) {
        assertThat(channel.size(), is(file.sizeBytes()));
      }
    }
    assertThat("the length is known", proxy.takeRequests(), is(List.of()));
  }

  private SeekableByteChannel open(MatchResult.Metadata file) {
    return (SeekableByteChannel) s3.open((S3Place) file.resourceId());
  }

  @Test
  void writesAndReads() throws IOException {
    for (int size : new int[] {0, 1, PART - 1, PART, PART + 1, 2 * PART + 17}) {
      byte[] contents = bytes(size);
      write("w" + size, contents);
      assertArrayEquals(contents, stored("w" + size));
      try (var channel = s3.open(place("w" + size))) {
        assertArrayEquals(contents, Channels.newInputStream(channel).readAllBytes());
      }
    }
    assertThat(
        AWS.s3().headObject(r -> r.bucket(AWS.bucket()).key(folder + "w1")).contentType(),
        is("text/plain"));
  }

  @Test
  void anObjectThatIsReplacedByOneOfItsLengthHasAnotherTag() throws IOException {
    List<String> tags = new ArrayList<>();
    for (String contents : List.of("a", "b")) {
      write("tagged", contents.getBytes(UTF_8));
      for (String glob : List.of("tagged", "tag*")) {
        tags.add(s3.match(List.of(url(glob))).get(0).metadata().get(0).checksum());
      }
    }
    assertThat(tags.get(0), is(tags.get(1)));
    assertThat(tags.get(2), is(tags.get(3)));
    assertThat(tags.get(0), is(not(tags.get(2))));
  }

  @Test
  void readsFromAnyPlace() throws IOException {
    byte[] contents = bytes(300_000);
    write("seek", contents);
    try (SeekableByteChannel channel = (SeekableByteChannel) s3.open(place("seek"))) {
      assertThat(channel.size(), is(300_000L));
      for (int position : new int[] {299_990, 0, 10, 150_000, 150_100, 299_999, 5}) {
        ByteBuffer buffer = ByteBuffer.allocate(1);
        assertThat(channel.position(position).read(buffer), is(1));
        assertThat(buffer.get(0), is(contents[position]));
      }
      assertThat(channel.position(300_000).read(ByteBuffer.allocate(1)), is(-1));
      assertThat(channel.position(400_000).read(ByteBuffer.allocate(1)), is(-1));
    }
  }

  @Test
  void aLostConnectionIsPickedUpWhereItWas() throws IOException {
    byte[] contents = bytes(3 << 20);
    write("cut", contents);
    try (var channel = s3.open(place("cut"))) {
      proxy.cutAfter(1_000_000);
      assertArrayEquals(contents, Channels.newInputStream(channel).readAllBytes());
    }
    long gets = proxy.takeRequests().stream().filter(r -> r.startsWith("GET ")).count();
    assertThat(gets, is(2L));
  }

  /** One request, and a multipart upload. */
  @Test
  void whatExistsStaysIfItMustNotExist() throws IOException {
    for (int length : new int[] {17, PART + 17}) {
      byte[] contents = bytes(length);
      String name = "new-" + length;
      writeNew(name, contents);
      byte[] other = bytes(length + 1);
      assertThrows(FileAlreadyExistsException.class, () -> writeNew(name, other));
      assertArrayEquals(contents, stored(name));
      write(name, other);
      assertArrayEquals(other, stored(name));
    }
  }

  private void writeNew(String name, byte[] contents) throws IOException {
    StandardCreateOptions options =
        StandardCreateOptions.builder()
            .setMimeType("text/plain")
            .setExpectFileToNotExist(true)
            .build();
    try (OutputStream out = Channels.newOutputStream(s3.create(place(name), options))) {
      out.write(contents);
    }
  }

  @Test
  void aServerThatIsAwayIsWaitedFor() throws IOException {
    byte[] contents = bytes(2 * PART + 17);
    try (OutputStream out = Channels.newOutputStream(create("away"))) {
      out.write(contents, 0, PART + 1);
      proxy.refuse(5);
      out.write(contents, PART + 1, contents.length - PART - 1);
    }
    assertThat(proxy.refusalsLeft(), is(0));
    assertArrayEquals(contents, stored("away"));

    proxy.refuse(5);
    assertThat(match("a*"), contains("away"));
    proxy.refuse(5);
    s3.rename(List.of(place("away")), List.of(place("back")));
    assertThat(proxy.refusalsLeft(), is(0));
    assertArrayEquals(contents, stored("back"));
    assertThat(match("*"), contains("back"));
  }

  @Test
  void whoGivesUpNamesTheBucket() throws IOException {
    S3FileSystem impatient = fileSystem(Duration.ofMillis(200));
    proxy.refuse(Integer.MAX_VALUE);
    S3Failure failure =
        assertThrows(S3Failure.class, () -> impatient.match(List.of(url("*"))).get(0).metadata());
    assertThat(failure.bucket(), is(AWS.bucket()));
    assertThat(failure.getMessage(), startsWith("S3, bucket " + AWS.bucket() + ": "));
    assertThat(failure.seconds() > 0, is(true));
  }

  @Test
  void whatIsGoneOrHasChangedIsAnErrorByName() throws IOException {
    put("a", "12345");
    put("b", "12345");
    List<MatchResult.Metadata> listed = s3.match(List.of(url("*"))).get(0).metadata();
    AWS.s3().deleteObject(r -> r.bucket(AWS.bucket()).key(folder + "a"));
    put("b", "123456");
    FileNotFoundException gone =
        assertThrows(
            FileNotFoundException.class, () -> open(listed.get(0)).read(ByteBuffer.allocate(1)));
    assertThat(gone.getMessage(), is(url("a") + " is not there"));
    IOException changed =
        assertThrows(IOException.class, () -> open(listed.get(1)).read(ByteBuffer.allocate(1)));
    assertThat(
        changed.getMessage(),
        is(url("b") + " has changed since it was listed: it had 5 bytes, now 6"));
  }

  @Test
  void aReplacedObjectIsNotReadAsOne() throws IOException {
    write("replaced", bytes(1 << 20));
    try (SeekableByteChannel channel = (SeekableByteChannel) s3.open(place("replaced"))) {
      channel.read(ByteBuffer.allocate(10));
      write("replaced", new byte[1 << 20]);
      channel.position(500_000);
      IOException changed =
          assertThrows(IOException.class, () -> channel.read(ByteBuffer.allocate(1)));
      assertThat(changed.getMessage(), is(url("replaced") + " has changed while it was read"));
    }
  }

  @Test
  void anAbandonedUploadLeavesNothing() throws IOException {
    WritableByteChannel channel = create("abandoned");
    channel.write(ByteBuffer.wrap(bytes(PART + 1)));
    ((Abandonable) channel).abandon();
    channel.close();
    assertThat(match("*"), is(List.of()));
    assertThat(
        AWS.s3().listMultipartUploads(r -> r.bucket(AWS.bucket()).prefix(folder)).uploads(),
        hasSize(0));
  }

  @Test
  void copiesInPartsWhatIsTooLong() throws IOException {
    byte[] contents = bytes(PART + 5);
    write("long", contents);
    put("short", "s");
    s3.copy(List.of(place("long"), place("short")), List.of(place("to/long"), place("to/short")));
    assertArrayEquals(contents, stored("to/long"));
    assertThat(new String(stored("to/short"), UTF_8), is("s"));
  }

  @Test
  void deletes() throws IOException {
    put("a", "");
    put("b", "");
    s3.delete(List.of(place("a"), place("nothing"), place("folder/")));
    assertThat(match("*"), contains("b"));
    IOException failure =
        assertThrows(IOException.class, () -> s3.delete(List.of(S3Place.of("nobucket", "a"))));
    assertThat(failure.getMessage(), startsWith("S3, bucket nobucket: "));
  }

  @Test
  void theClientEndsWhenItIsNotUsed() throws Exception {
    StringBuilder log = new StringBuilder();
    SharedClient<AutoCloseable> clients = new SharedClient<>(() -> () -> log.append("closed "), 50);
    AutoCloseable first = clients.lease();
    assertThat(clients.lease() == first, is(true));
    clients.release();
    assertThat(clients.isOpen(), is(true));
    clients.release();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("sluice-s3-idle") && thread != Thread.currentThread()) {
        thread.join(1000);
      }
    }
    assertThat(clients.isOpen(), is(false));
    assertThat(clients.lease() == first, is(false));
    clients.release();
    assertThat(List.of(log.toString()), everyItem(startsWith("closed")));
  }
}
