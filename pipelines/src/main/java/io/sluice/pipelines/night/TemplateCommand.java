/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.pipelines.cli.Console;
import io.sluice.pipelines.cli.ExitCode;
import io.sluice.pipelines.cli.JobException;
import io.sluice.pipelines.cli.UserMessages;
import io.sluice.pipelines.night.NightPlan.TemplatePlan;
import io.sluice.pipelines.night.aws.NightTemplate;
import io.sluice.pipelines.night.file.Hook;
import io.sluice.pipelines.night.file.Night;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a night as a template, and says what of its file the template does not have. */
final class TemplateCommand {
  private static final int MOST_BYTES_OF_A_REQUEST = 51_200;

  private TemplateCommand() {}

  /**
   * Writes the template; returns the exit code.
   *
   * @throws JobException when the file cannot be written
   */
  static int run(Night night, TemplatePlan plan, Console console) {
    String template = NightTemplate.of(plan.source(), night);
    for (Hook hook : List.of(night.onSuccess(), night.onFailure())) {
      if (!hook.command().isEmpty() || hook.post() != null) {
        console.tell(
            hook.name() + " is left out: in AWS, FailureEmail is told of an execution that fails");
      }
    }
    int bytes = template.getBytes(UTF_8).length;
    if (bytes > MOST_BYTES_OF_A_REQUEST) {
      console.tell(
          "the template has %,d bytes, more than the %,d that CloudFormation takes without S3: deploy it with --s3-bucket"
              .formatted(bytes, MOST_BYTES_OF_A_REQUEST));
    }
    String out = plan.out();
    if (out == null) {
      console.out().print(template);
      return ExitCode.OK;
    }
    try {
      Files.writeString(Path.of(out), template);
    } catch (IOException | RuntimeException e) {
      throw new JobException(out + " cannot be written: " + UserMessages.oneLine(e), e);
    }
    console.tell("the template is in " + out);
    return ExitCode.OK;
  }
}
