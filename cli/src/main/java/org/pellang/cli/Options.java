package org.pellang.cli;

import java.util.Map;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Declares the options of a command one after another, as the help shows them. */
final class Options {
    private final CommandSpec spec;

    Options(CommandSpec spec) {
        this.spec = spec;
    }

    /** An option with a value. */
    <T> void value(String label, Class<T> type, String description, Consumer<T> to, String... names) {
        spec.addOption(OptionSpec.builder(names).paramLabel(label).type(type).description(description).setter(setter(type, to)).build());
    }

    /** An option without a value, which is off if it is not given. */
    void flag(String description, Consumer<Boolean> to, String... names) {
        spec.addOption(OptionSpec.builder(names).type(Boolean.class).arity("0").description(description).setter(setter(Boolean.class, to)).build());
    }

    /** An option that may be given several times: names and ints. */
    void numbers(String label, String description, Map<String, Long> to, String... names) {
        spec.addOption(OptionSpec.builder(names).paramLabel(label).type(Map.class).auxiliaryTypes(String.class, Long.class).description(description)
                .setter(setter(Map.class, given -> ((Map<?, ?>) given).forEach((name, number) -> to.put((String) name, (Long) number)))).build());
    }

    /** What stands alone, once at most. */
    <T> void parameter(String label, Class<T> type, String description, Consumer<T> to) {
        spec.addPositional(PositionalParamSpec.builder().index("0").arity("0..1").paramLabel(label).type(type).description(description).setter(setter(type, to)).build());
    }

    /** {@code --help}. */
    void help() {
        spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).type(Boolean.class).arity("0").description("Print this text.").build());
    }

    private static <T> picocli.CommandLine.Model.ISetter setter(Class<T> type, Consumer<T> to) {
        return new picocli.CommandLine.Model.ISetter() {
            @Override
            @SuppressWarnings("unchecked")
            public <V> V set(V value) {
                if (value != null) {
                    to.accept(type.cast(value));
                }
                return value;
            }
        };
    }
}
