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
 * Describes snapshots for the manifests of a format. Keys are relative to the bucket on S3, and to
 * the output in other file systems. An unknown ARN is replaced by one without region and account.
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
