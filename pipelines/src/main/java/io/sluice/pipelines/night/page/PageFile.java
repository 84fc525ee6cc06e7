/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * The file of a page, on a disk or in S3. Who reads it has all of what was written before, or all
 * of what is written now.
 */
public final class PageFile {
  private static final String TYPE = "text/html; charset=utf-8";

  private final ResourceId file;

  private PageFile(ResourceId file) {
    this.file = file;
  }

  /**
   * Names a file.
   *
   * @throws IllegalArgumentException when no store has such names
   */
  public static PageFile of(String file) {
    return new PageFile(FileSystems.matchNewResource(file, false));
  }

  /** Writes the page, replacing the one before. */
  public void write(String html) throws IOException {
    byte[] bytes = html.getBytes(UTF_8);
    if (!Storage.isLocal(file.toString())) {
      try (OutputStream out = Channels.newOutputStream(FileSystems.create(file, TYPE))) {
        out.write(bytes);
      }
      return;
    }
    Path path = Path.of(file.toString()).toAbsolutePath();
    // A link stays, to where a server of pages may have them.
    Path target = Files.exists(path) ? path.toRealPath() : path;
    Files.createDirectories(target.getParent());
    Path beside = target.resolveSibling("." + target.getFileName() + ".new");
    Files.write(beside, bytes);
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Returns how the page refers to another file, so that it holds where both are moved or served
   * together; empty when they are in different stores.
   */
  Optional<String> linkTo(String other) {
    String here = file.toString();
    if (Storage.isLocal(here) && Storage.isLocal(other)) {
      Path folder = Path.of(here).toAbsolutePath().normalize().getParent();
      return Optional.of(
          escaped(folder.relativize(Path.of(other).toAbsolutePath().normalize()).toString()));
    }
    if (!Storage.isS3(here) || !Storage.isS3(other) || !bucket(here).equals(bucket(other))) {
      return Optional.empty();
    }
    // A bucket is like a disk here: its slashes separate folders.
    Path folder = Path.of("/" + key(here)).getParent();
    return Optional.of(escaped(folder.relativize(Path.of("/" + key(other))).toString()));
  }

  private static String bucket(String s3) {
    return s3.split("/", 4)[2];
  }

  private static String key(String s3) {
    return s3.split("/", 4)[3];
  }

  private static String escaped(String path) {
    try {
      return new URI(null, null, "./" + path, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path + " is no path", e);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
