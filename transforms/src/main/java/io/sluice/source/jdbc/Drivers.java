/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.source.jdbc;

import io.sluice.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;

/**
 * Finds the driver of a database: on the class path, or in jars that are given. These have a class
 * loader of their own, which knows the JDK and nothing of ours, so their classes meet no others.
 */
final class Drivers {
  /** Each is loaded once in a JVM, whose jobs follow one another. */
  private static final Map<List<String>, ClassLoader> LOADERS = new HashMap<>();

  private Drivers() {}

  /**
   * Finds the driver that takes a URL; empty when there is none.
   *
   * @param jars in any file system of Beam; empty for the class path
   * @throws IOException when a jar cannot be read
   */
  static Optional<Driver> find(String url, List<String> jars) throws IOException {
    ClassLoader loader = jars.isEmpty() ? Drivers.class.getClassLoader() : loader(jars);
    Iterator<Driver> drivers = ServiceLoader.load(Driver.class, loader).iterator();
    while (true) {
      try {
        if (!drivers.hasNext()) {
          return Optional.empty();
        }
        Driver driver = drivers.next();
        if (driver.acceptsURL(url)) {
          return Optional.of(driver);
        }
      } catch (ServiceConfigurationError | SQLException e) {
        // One that does not load, or does not like the URL, is not the one.
        continue;
      }
    }
  }

  private static ClassLoader loader(List<String> jars) throws IOException {
    synchronized (LOADERS) {
      ClassLoader loader = LOADERS.get(jars);
      if (loader == null) {
        URL[] copies = new URL[jars.size()];
        for (int i = 0; i < copies.length; i++) {
          copies[i] = copy(jars.get(i)).toUri().toURL();
        }
        loader = new URLClassLoader("driver", copies, ClassLoader.getPlatformClassLoader());
        LOADERS.put(List.copyOf(jars), loader);
      }
      return loader;
    }
  }

  private static Path copy(String jar) throws IOException {
    MatchResult.Metadata found =
        Storage.find(jar)
            .orElseThrow(() -> DatabaseException.because("--jdbcDriverJar: no file " + jar));
    Path copy = Files.createTempFile("sluice-driver", ".jar");
    copy.toFile().deleteOnExit();
    try (InputStream in = Channels.newInputStream(FileSystems.open(found.resourceId()))) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }
}
