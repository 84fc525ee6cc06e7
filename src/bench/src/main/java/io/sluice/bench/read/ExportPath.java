/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import io.sluice.dynamodb.scan.ScanTable;
import io.sluice.dynamodb.table.TableInfo;
import io.sluice.format.registry.FileFormat;
import io.sluice.item.page.ItemPage;
import io.sluice.schema.InferSchema;
import io.sluice.sink.WriteFiles;
import io.sluice.snapshot.SnapshotTarget;
import io.sluice.snapshot.publish.PublishSnapshot;
import java.time.Instant;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;

/** The steps of an export up to the published snapshot, whose manifest has the count. */
record ExportPath() implements PipelineReader.Path {
  @Override
  public PCollection<Long> read(Pipeline pipeline, ReadTask task) {
    TableInfo table = ScanPath.describe(task);
    ScanTable scan =
        ScanPath.scan(table, task)
            .withSpool()
            .inOneJvm()
            .withSchema()
            .withParts(WriteFiles.DEFAULT_FILE_BYTES);
    SnapshotTarget target =
        SnapshotTarget.of(task.folder().toString(), Target.TABLE, Instant.now());
    PCollection<ItemPage> pages = pipeline.apply("Scan table", scan);
    PCollectionView<String> schema =
        pages
            .apply("Infer schema", InferSchema.of(table.keySchema()))
            .apply(
                "Schema as JSON",
                MapElements.into(TypeDescriptors.strings())
                    .via(inferred -> inferred.toSchema(Target.TABLE).toJson()))
            .apply("Schema", View.asSingleton());
    return pages
        .apply(
            "Write files",
            // The table has no sort key.
            WriteFiles.to(target.staging(), FileFormat.PARQUET, schema).withRandomOrder())
        .apply(
            "Publish",
            PublishSnapshot.to(
                target, FileFormat.PARQUET, table.keySchema(), scan.segments(), schema))
        .apply(
            "Items published",
            MapElements.into(TypeDescriptors.longs()).via(snapshot -> snapshot.manifest().items()));
  }
}
