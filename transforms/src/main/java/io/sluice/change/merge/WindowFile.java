/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.change.merge;

import io.sluice.format.FileSlice;
import java.io.Serializable;

/**
 * A file of an incremental export.
 *
 * @param slice the whole file, with the check of the manifest
 * @param isIon whether it is Ion text; else lines of JSON
 * @param window the time of the export
 */
public record WindowFile(FileSlice slice, boolean isIon, ExportWindow window)
    implements Serializable {}
