/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.input;

import io.sluice.failure.Lasting;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.job.JobRunner;
import io.sluice.report.Tally;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Fails a job whose counts are not as they should be, when everything that it writes is written:
 * for a submission that nobody waits for, where an exit code would come too early. The job is not
 * restarted after that.
 */
final class JudgeJob extends PTransform<PCollection<Tally>, PDone> {
  private static final long serialVersionUID = 1L;

  private final SerializableFunction<Tally, Verdict> judge;

  private JudgeJob(SerializableFunction<Tally, Verdict> judge) {
    this.judge = judge;
  }

  static JudgeJob by(SerializableFunction<Tally, Verdict> judge) {
    return new JudgeJob(judge);
  }

  @Override
  public PDone expand(PCollection<Tally> whole) {
    whole.apply("Fail if need be", ParDo.of(new FailFn(judge)));
    return PDone.in(whole.getPipeline());
  }

  private static final class FailFn extends DoFn<Tally, Void> {
    private static final long serialVersionUID = 1L;
    private final SerializableFunction<Tally, Verdict> judge;

    FailFn(SerializableFunction<Tally, Verdict> judge) {
      this.judge = judge;
    }

    @ProcessElement
    public void processElement(@Element Tally whole) {
      try {
        JobRunner.checkCounts(whole);
        String reason = judge.apply(whole).reason();
        if (reason != null) {
          throw new JobException(reason);
        }
      } catch (JobException e) {
        throw new JobException(e.getMessage(), Lasting.because(e));
      }
    }
  }
}
