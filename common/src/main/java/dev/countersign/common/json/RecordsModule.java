package dev.countersign.common.json;

import java.lang.reflect.Constructor;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.ValueInstantiators;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.introspect.AnnotatedConstructor;
import tools.jackson.databind.module.SimpleModule;

/**
 * Makes records with their constructors as reflection has them. The library's own way spins classes
 * for each number of components when the first record of it is read, and a till reads its first
 * ones before its first screen.
 */
final class RecordsModule extends SimpleModule {
  private static final long serialVersionUID = 1L;

  RecordsModule() {
    super("countersign-records");
  }

  @Override
  public void setupModule(SetupContext context) {
    super.setupModule(context);
    context.addValueInstantiators(new Makers());
  }

  private static final class Makers extends ValueInstantiators.Base {
    @Override
    public ValueInstantiator modifyValueInstantiator(
        DeserializationConfig config, BeanDescription.Supplier described, ValueInstantiator usual) {
      return described.getBeanClass().isRecord()
              && usual instanceof StdValueInstantiator standard
              && usual.getWithArgsCreator() instanceof AnnotatedConstructor constructor
          ? new Maker(standard, constructor.getAnnotated())
          : usual;
    }
  }

  private static final class Maker extends StdValueInstantiator {
    private final Constructor<?> constructor;

    Maker(StdValueInstantiator usual, Constructor<?> constructor) {
      super(usual);
      this.constructor = constructor;
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] components) {
      try {
        return constructor.newInstance(components);
      } catch (ReflectiveOperationException | IllegalArgumentException e) {
        return context.handleInstantiationProblem(
            getValueClass(), components, rewrapCtorProblem(context, e));
      }
    }
  }
}
