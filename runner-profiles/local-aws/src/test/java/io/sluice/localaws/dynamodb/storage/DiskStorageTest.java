/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

class DiskStorageTest extends StorageContract {

  private static final String ANOTHER = "; choose another folder with --data=FOLDER";

  @TempDir private Path folder;

  @Override
  Storage open() {
    return DiskStorage.open(data());
  }

  @Override
  Storage reopen(Storage open) {
    open.close();
    return open();
  }

  @Test
  void failsAfterItIsClosed() {
    Storage storage = DiskStorage.open(folder.resolve("other"));
    ByteMap map = storage.map("one");
    storage.close();
    storage.close();

    assertThat(
        assertThrows(IllegalStateException.class, () -> map.get(new byte[1])).getMessage(),
        is("the storage is closed"));
  }

  @Test
  void keepsAMapThatCannotBeDropped() {
    Storage storage = DiskStorage.open(folder.resolve("other"));
    storage.map("one");
    storage.close();

    assertThrows(IllegalStateException.class, () -> storage.drop("one"));
    assertThat(storage.names(), is(Set.of("one")));
  }

  @Test
  void opensAFolderWhoseFirstProcessWasKilledAsItClaimedIt() throws IOException {
    Path claimed = Files.createDirectories(folder.resolve("claimed"));
    Files.writeString(claimed.resolve("sluice-dynamodb.lock"), "");
    Files.writeString(claimed.resolve("sluice-dynamodb.part"), "");
    DiskStorage.open(claimed).close();

    assertThat(Files.readString(claimed.resolve("sluice-dynamodb")), is("1\n"));
    assertThat(Files.exists(claimed.resolve("sluice-dynamodb.part")), is(false));
  }

  @Test
  void closesWhatItOpenedWhenItCannotReadTheNames() throws Exception {
    Path damaged = folder.resolve("damaged");
    DiskStorage.open(damaged).close();
    try (DiskOptions options = new DiskOptions();
        RocksDB database = RocksDB.open(options.database(), damaged.resolve("data").toString())) {
      database.put(DiskKeys.name("one"), new byte[1]);
    }

    String message = message(damaged);
    assertThat(
        message, startsWith("The data of DynamoDB in the folder " + damaged + " cannot be read ("));
    // The folder and the database have been given free.
    assertThat(message(damaged), is(message));
  }

  @Test
  void isOfOneProcessAtATime() {
    assertThat(
        message(data()),
        is(
            "Another process uses the folder "
                + data()
                + " for the data of DynamoDB: stop it, or choose another folder with "
                + "--data=FOLDER"));
  }

  @Test
  void leavesForeignFilesAlone() throws IOException {
    Path foreign = Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(foreign.resolve("shared-local-instance.db"), "something");

    assertThat(
        message(foreign),
        is(
            "The folder "
                + foreign
                + " has files of another program or of an older version, such as "
                + "shared-local-instance.db, which cannot be opened"
                + ANOTHER));
    try (Stream<Path> files = Files.list(foreign)) {
      assertThat(files.toList(), is(List.of(foreign.resolve("shared-local-instance.db"))));
    }
  }

  @Test
  void leavesAnotherVersionAlone() throws IOException {
    Path later = Files.createDirectories(folder.resolve("later"));
    Files.writeString(later.resolve("sluice-dynamodb"), "2\n");

    assertThat(
        message(later),
        is(
            "The data of DynamoDB in the folder "
                + later
                + " is of version 2, this program reads version 1"
                + ANOTHER));
  }

  @Test
  void saysThatDataAreDamaged() throws IOException {
    Path damaged = folder.resolve("damaged");
    DiskStorage.open(damaged).close();
    Files.delete(damaged.resolve("data").resolve("CURRENT"));
    Files.writeString(damaged.resolve("data").resolve("CURRENT"), "MANIFEST-999999\n");

    String message = message(damaged);
    assertThat(
        message, startsWith("The data of DynamoDB in the folder " + damaged + " cannot be read ("));
    assertThat(
        message,
        endsWith("): remove the folder if nobody needs it, or choose another with --data=FOLDER"));
    // The folder has been given free.
    assertThat(message(damaged), is(message));
  }

  @Test
  void needsAFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "something");

    assertThat(
        message(file),
        is(
            "The folder "
                + file
                + " cannot be used for the data of DynamoDB"
                + " (java.nio.file.FileAlreadyExistsException: "
                + file
                + ")"
                + ANOTHER));
  }

  @Test
  void loadsNoLibraryButItsOwn() throws IOException {
    assumeFalse(Environment.isWindows(), "RocksDB unpacks the library itself there");
    Path other = folder.resolve("other");
    DiskStorage.open(other).close();
    Path library = onlyFile(other.resolve("library"));
    byte[] own = Files.readAllBytes(library);
    byte[] changed = own.clone();
    changed[changed.length - 1] ^= 1;
    for (byte[] planted : List.of(changed, Arrays.copyOf(own, own.length + 1), new byte[0])) {
      // In another file, as this process may use the one that is there.
      Files.delete(library);
      Files.write(library, planted);
      DiskStorage.open(other).close();
      assertThat(Arrays.equals(Files.readAllBytes(library), own), is(true));
    }
  }

  @Test
  void keepsALibraryThatIsItsOwn() throws IOException {
    assumeFalse(Environment.isWindows(), "RocksDB unpacks the library itself there");
    Path other = folder.resolve("other");
    DiskStorage.open(other).close();
    Path library = onlyFile(other.resolve("library"));
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(library, longAgo);
    DiskStorage.open(other).close();
    assertThat(Files.getLastModifiedTime(library), is(longAgo));
  }

  private static Path onlyFile(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      List<Path> all = files.toList();
      assertThat(all.size(), is(1));
      return all.get(0);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static String message(Path folder) {
    return assertThrows(StorageException.class, () -> DiskStorage.open(folder)).getMessage();
  }
}
