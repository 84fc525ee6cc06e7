/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.util.TreeMap;

/** The layout of a snapshot in a format that has manifests of its own. */
public interface ExportLayout {

  /** Returns the folder of the data files within the snapshot's folder, ending in a slash. */
  String dataFolder(String exportId);

  /**
   * Returns the contents of the files besides the data, by their names in the snapshot's folder.
   */
  TreeMap<String, String> files(ExportOutline export);
}
