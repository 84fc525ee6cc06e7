/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Writes a night as a template of CloudFormation: a state machine of Step Functions whose steps are
 * jobs of EMR Serverless, with the roles, the triggers and the notification that it needs.
 */
package io.sluice.pipelines.night.aws;
