/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.coders.DefaultCoder;
import org.apache.beam.sdk.coders.SerializableCoder;

/**
 * A snapshot that was just published.
 *
 * @param place its folder, ending in a slash
 * @param manifest its manifest
 * @param notes messages for people: names that a catalog could not take as they are, and files that
 *     could not be removed
 */
@DefaultCoder(SerializableCoder.class)
public record PublishedSnapshot(String place, Manifest manifest, List<String> notes)
    implements Serializable {
  public PublishedSnapshot {
    notes = List.copyOf(notes);
  }
}
