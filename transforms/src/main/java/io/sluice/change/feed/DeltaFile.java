/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.feed;

import java.io.Serializable;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A file of changes that a commit lists.
 *
 * @param name its path within the folder of the feed
 * @param records how many changes it has
 * @param bytes its length
 * @param md5 the MD5 of its bytes, in Base64
 * @param shard the shard that the changes come from
 * @param first the time of its earliest change
 * @param last the time of its latest change
 */
public record DeltaFile(
    String name, long records, long bytes, String md5, String shard, Instant first, Instant last)
    implements Serializable {
  /** What a commit says is no authority: it cannot lead a reader out of the folder. */
  private static final Pattern NAME =
      Pattern.compile(FeedFolder.HOUR_COLUMN + "=[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}/[\\w.-]+");

  public DeltaFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a file of changes");
    }
  }
}
