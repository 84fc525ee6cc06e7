/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.snapshot.publish;

import io.sluice.format.ExportOutline;
import io.sluice.snapshot.Folder;
import io.sluice.snapshot.Manifest;
import io.sluice.snapshot.Run;
import java.util.List;

/**
 * Describes a snapshot to the manifests of a format. Keys of S3 are from the bucket's root, and in
 * other file systems from the output's. An ARN without a region and an account stands for one that
 * is not known.
 */
final class ExportOutlines {
  private static final String S3 = "s3://";

  private ExportOutlines() {}

  /**
   * Describes a snapshot.
   *
   * @param snapshot its folder, as the file system names it
   */
  static ExportOutline of(PublishSpec spec, Folder snapshot, Manifest manifest) {
    String path = snapshot.path();
    boolean isS3 = path.startsWith(S3);
    int root = path.indexOf('/', S3.length());
    Run run = spec.target().run();
    List<ExportOutline.File> files =
        manifest.files().stream()
            .map(file -> new ExportOutline.File(file.name(), file.items(), file.md5()))
            .toList();
    return new ExportOutline(
        run.exportId(),
        isS3 ? path.substring(S3.length(), root) : null,
        isS3
            ? path.substring(root + 1)
            : Folder.of(spec.target().folder().output()).folderName(path),
        spec.tableArn() == null
            ? "arn:aws:dynamodb:::table/" + spec.target().folder().table()
            : spec.tableArn(),
        run.start(),
        manifest.scan().start(),
        manifest.scan().end(),
        files);
  }
}
