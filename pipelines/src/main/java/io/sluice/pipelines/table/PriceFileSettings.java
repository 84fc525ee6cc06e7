/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.table;

import io.sluice.capacity.Prices;
import io.sluice.pipelines.cli.OptionErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The file with the prices of a region. */
public final class PriceFileSettings {
  private PriceFileSettings() {}

  /**
   * Reads the prices of the file that an option names; the list prices of us-east-1 if none is.
   *
   * @param problems receives what is wrong with the file
   */
  public static Prices of(PriceOptions options, OptionErrors problems) {
    Prices given = problems.parse("prices", options.getPrices(), PriceFileSettings::read);
    return given == null ? Prices.US_EAST_1 : given;
  }

  private static Prices read(String file) {
    try {
      return Prices.parse(Files.readAllBytes(Path.of(file)));
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "'" + file + "' must be a file of prices on this machine, and cannot be read", e);
    }
  }
}
