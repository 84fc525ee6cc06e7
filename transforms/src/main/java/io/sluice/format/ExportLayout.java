/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.format;

import java.util.TreeMap;

/** How files of a format lie in a snapshot that has manifests of the format's own. */
public interface ExportLayout {

  /** The folder of the data files in that of the snapshot, with a slash at its end. */
  String dataFolder(String exportId);

  /** The texts of the files beside the data, by their names in the folder of the snapshot. */
  TreeMap<String, String> files(ExportOutline export);
}
