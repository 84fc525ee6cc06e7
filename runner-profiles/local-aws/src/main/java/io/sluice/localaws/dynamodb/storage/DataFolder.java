/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.localaws.dynamodb.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Claims a folder for this process, if nobody else's data is in it. */
final class DataFolder implements AutoCloseable {

  private static final String FORMAT = "sluice-dynamodb";
  private static final String VERSION = "1";
  private static final String PART = FORMAT + ".part";
  private static final String LOCK = "sluice-dynamodb.lock";
  private static final String ANOTHER = "; choose another folder with --data=FOLDER";

  private final Path folder;
  private final FileChannel lock;

  private DataFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Claims a folder, which is made if it is missing.
   *
   * @throws StorageException if another process has it, or it has files that are not ours
   */
  static DataFolder claim(Path folder) {
    try {
      Files.createDirectories(folder);
      boolean fresh = !Files.exists(folder.resolve(FORMAT));
      if (fresh) {
        checkEmpty(folder);
      } else {
        checkVersion(folder);
      }
      FileChannel lock = lock(folder);
      try {
        if (fresh) {
          writeVersion(folder);
        }
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
      return new DataFolder(folder, lock);
    } catch (IOException e) {
      throw new StorageException(
          "The folder " + folder + " cannot be used for the data of DynamoDB (" + e + ")" + ANOTHER,
          e);
    }
  }

  /** Names the folder of the database. */
  Path database() {
    return folder.resolve("data");
  }

  /** Names the folder that RocksDB's native code is unpacked to. */
  Path nativeCode() {
    return folder.resolve("library");
  }

  /** Says that the database cannot be opened. */
  StorageException damaged(Exception cause) {
    return new StorageException(
        "The data of DynamoDB in the folder "
            + folder
            + " cannot be read ("
            + cause.getMessage()
            + "): remove the folder if nobody needs it, or choose another with --data=FOLDER",
        cause);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new StorageException("The lock of the folder " + folder + " cannot be released", e);
    }
  }

  private static void checkEmpty(Path folder) throws IOException {
    List<String> foreign;
    try (Stream<Path> files = Files.list(folder)) {
      // A process may have been killed between its lock and the file that says the format.
      foreign =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> !name.equals(LOCK) && !name.equals(PART))
              .sorted()
              .toList();
    }
    if (!foreign.isEmpty()) {
      throw new StorageException(
          "The folder "
              + folder
              + " has files of another program or of an older version, such as "
              + foreign.get(0)
              + ", which cannot be opened"
              + ANOTHER);
    }
  }

  private static void writeVersion(Path folder) throws IOException {
    // Under its name it is whole, even if this process is killed.
    Path part = Files.writeString(folder.resolve(PART), VERSION + "\n");
    Files.move(part, folder.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
  }

  private static void checkVersion(Path folder) throws IOException {
    String version = Files.readString(folder.resolve(FORMAT)).strip();
    if (!version.equals(VERSION)) {
      throw new StorageException(
          "The data of DynamoDB in the folder "
              + folder
              + " is of version "
              + version
              + ", this program reads version "
              + VERSION
              + ANOTHER);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new StorageException(
          "Another process uses the folder "
              + folder
              + " for the data of DynamoDB: stop it, or choose another folder with --data=FOLDER");
    }
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // This process has it already.
      return false;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
