/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.io.fs.CreateOptions.StandardCreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.junit.jupiter.api.Test;

class S3FileSystemTest extends S3Folder {

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
