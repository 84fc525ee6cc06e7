/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.bench.read;

import io.sluice.bench.harness.Target;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.aws2.dynamodb.DynamoDBIO;
import org.apache.beam.sdk.values.PCollection;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/** Beam's transform, of whose pages only the counts are kept: the least work for it. */
record BeamPath() implements PipelineReader.Path {
  /** Otherwise the runner would read at most three segments at once on a small machine. */
  @Override
  public List<String> arguments() {
    return List.of("--targetParallelism=" + Contender.SEGMENTS);
  }

  @Override
  public PCollection<Long> read(Pipeline pipeline, ReadTask task) {
    return pipeline.apply(
        "Read",
        DynamoDBIO.<Long>read()
            .withClientConfiguration(task.target().configuration())
            .withScanRequestFn(
                nothing ->
                    ScanRequest.builder()
                        .tableName(Target.TABLE)
                        .totalSegments(Contender.SEGMENTS)
                        .build())
            .withScanResponseMapperFn(page -> (long) page.items().size())
            .withCoder(VarLongCoder.of()));
  }
}
