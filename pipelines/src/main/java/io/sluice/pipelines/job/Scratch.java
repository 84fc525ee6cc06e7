/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.job;

import io.sluice.pipelines.cli.Console;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;

/**
 * A temporary folder that lives as long as the process: it is deleted when it is closed, or when
 * the process ends before that. The folder of a process that was killed is deleted by the next one
 * that is opened, which recognises it by its lock.
 */
public final class Scratch implements AutoCloseable {
  private static final String PREFIX = "sluice-query";
  private static final String LOCK = "in-use";

  private final Path folder;
  private final FileChannel lock;
  private final Console console;
  private final Thread hook = new Thread(this::deleteAll, "delete scratch");

  private Scratch(Path folder, FileChannel lock, Console console) {
    this.folder = folder;
    this.lock = lock;
    this.console = console;
  }

  /** Opens a folder in the system's folder of temporary files. */
  public static Scratch open(Console console) throws IOException {
    return open(Path.of(System.getProperty("java.io.tmpdir")), console);
  }

  public static Scratch open(Path temporary, Console console) throws IOException {
    deleteAbandoned(temporary);
    Path folder = Files.createTempDirectory(temporary, PREFIX);
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Scratch scratch = new Scratch(folder, lock, console);
    Runtime.getRuntime().addShutdownHook(scratch.hook);
    return scratch;
  }

  public Path folder() {
    return folder;
  }

  /**
   * Returns why this many bytes do not fit into it; empty when they do.
   *
   * @throws IOException when the free space is not known
   */
  public Optional<String> problem(long bytes) throws IOException {
    return problem(bytes, Files.getFileStore(folder).getUsableSpace(), folder.getParent());
  }

  public static Optional<String> problem(long bytes, long free, Path temporary) {
    return bytes <= free
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "a copy takes %,d bytes and %s has %,d free: give another folder, by"
                    + " SLUICE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                bytes,
                temporary,
                free));
  }

  /**
   * Deletes the folders of processes that have ended. One that cannot be deleted belongs to
   * somebody else.
   */
  private static void deleteAbandoned(Path temporary) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path folder : found) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          deleteIfAbandoned(folder);
        }
      }
    } catch (IOException e) {
      // The next process tries again.
      return;
    }
  }

  private static void deleteIfAbandoned(Path folder) {
    try (FileChannel lock =
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock held = lock.tryLock()) {
      if (held != null) {
        delete(folder);
      }
    } catch (IOException | OverlappingFileLockException e) {
      // It has no lock, belongs to somebody else, or is in use in this very process.
      return;
    }
  }

  /** Deletes a folder and everything in it; links are deleted as links. */
  private static void delete(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
            Files.deleteIfExists(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private void deleteAll() {
    try {
      delete(folder);
      lock.close();
    } catch (NoSuchFileException e) {
      // It has already been deleted.
      return;
    } catch (IOException e) {
      console.tell(folder + " could not be deleted: the next query tries again");
    }
  }

  @Override
  public void close() {
    deleteAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is running.
      return;
    }
  }
}
