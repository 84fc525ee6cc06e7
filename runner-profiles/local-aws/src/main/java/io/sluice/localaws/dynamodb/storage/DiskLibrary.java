/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Loads the library of RocksDB, which is unpacked once for each data folder. By itself RocksDB
 * unpacks it at each start, which takes half a second, and a process that is killed leaves it. A
 * library that is there is compared first, as whoever can write to the folder can change it.
 */
final class DiskLibrary {

  private static final int CHUNK = 64 * 1024;

  private DiskLibrary() {}

  /**
   * Loads the library, unless this process has it.
   *
   * @param folder for the library, made if it is missing
   * @throws StorageException if there is none for this machine
   */
  static void load(Path folder) {
    try {
      if (Environment.isWindows()) {
        // It does not let go of a library, with which the folder could not be removed.
        RocksDB.loadLibrary();
      } else {
        RocksDB.loadLibrary(List.of(unpack(folder).toAbsolutePath().toString()));
      }
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new StorageException(
          "The data of DynamoDB cannot be kept on disk here, as the library of RocksDB cannot be "
              + "loaded ("
              + e
              + "); keep it in memory with --inMemory",
          e);
    }
  }

  /** Unpacks the library, unless the same bytes are there, and gives its folder. */
  private static Path unpack(Path folder) throws IOException {
    String packed = Environment.getJniLibraryFileName("rocksdb");
    URL resource = RocksDB.class.getResource("/" + packed);
    if (resource == null) {
      throw new IOException("there is no " + packed);
    }
    URLConnection connection = resource.openConnection();
    Path versioned = Files.createDirectories(folder.resolve(version(connection)));
    // This is how RocksDB names a library that it does not unpack itself.
    String name = Environment.getJniLibraryFileName("rocksdbjni");
    Path library = versioned.resolve(name);
    if (!isSame(library, resource)) {
      // Under its name it is whole, even if this process is killed.
      Path part = versioned.resolve(name + ".part");
      try (InputStream bytes = resource.openStream()) {
        Files.copy(bytes, part, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
    }
    return versioned;
  }

  private static boolean isSame(Path library, URL resource) throws IOException {
    if (!Files.isRegularFile(library, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (InputStream packed = resource.openStream();
        InputStream unpacked = Files.newInputStream(library)) {
      byte[] expected;
      do {
        expected = packed.readNBytes(CHUNK);
        if (!Arrays.equals(expected, unpacked.readNBytes(CHUNK))) {
          return false;
        }
      } while (expected.length > 0);
      return true;
    }
  }

  private static String version(URLConnection connection) throws IOException {
    return connection instanceof JarURLConnection jar
        ? Long.toHexString(jar.getJarEntry().getCrc())
        : String.valueOf(connection.getContentLengthLong());
  }
}
