/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.Module;

/**
 * Has Jackson keep no buffers in thread-locals when Beam reads the options of a job, which a Flink
 * session does on threads that outlive the job: each would hold the class loader of every job,
 * until memory is short. Beam finds it as a service.
 */
public final class UnpooledJson extends Module {

  @Override
  public String getModuleName() {
    return UnpooledJson.class.getName();
  }

  @Override
  public Version version() {
    return Version.unknownVersion();
  }

  @Override
  public void setupModule(SetupContext context) {
    JsonFactory factory = context.getOwner().getFactory();
    factory.disable(JsonFactory.Feature.USE_THREAD_LOCAL_FOR_BUFFER_RECYCLING);
  }
}
