package org.pellang.runtime.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pellang.runtime.Comm;
import org.pellang.runtime.Rank;
import org.pellang.runtime.bootstrap.Jobs.Link;

/** Reports name the line of the {@code .pel} text, taken from the debug information of generated classes. */
@Timeout(30)
class PlacesTest {
    private static final Class<?> GENERATED = generate();

    private static Jobs.RankCode generated() throws ReflectiveOperationException {
        return (Jobs.RankCode) GENERATED.getDeclaredConstructor().newInstance();
    }

    /** Code as the compiler would make it: ring.pel, line 7, receives a payload from the other rank with tag 3. */
    private static Class<?> generate() {
        ClassDesc comm = Comm.class.describeConstable().orElseThrow();
        ClassDesc rank = Rank.class.describeConstable().orElseThrow();
        byte[] bytes = ClassFile.of().build(ClassDesc.of("org.pellang.runtime.bootstrap.Generated"), type -> type
                .withInterfaceSymbols(Jobs.RankCode.class.describeConstable().orElseThrow())
                .with(SourceFileAttribute.of("ring.pel"))
                .withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_PUBLIC, code -> code
                        .aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_())
                .withMethodBody("run", MethodTypeDesc.of(ConstantDescs.CD_void, rank), ClassFile.ACC_PUBLIC, code -> code
                        .lineNumber(7)
                        .aload(1).invokevirtual(rank, "world", MethodTypeDesc.of(comm))
                        .aload(1).invokevirtual(rank, "rank", MethodTypeDesc.of(ConstantDescs.CD_int))
                        .iconst_1().ixor().iconst_3()
                        .invokevirtual(comm, "recvBytes", MethodTypeDesc.of(ConstantDescs.CD_byte.arrayType(), ConstantDescs.CD_int, ConstantDescs.CD_int))
                        .pop().return_()));
        try {
            return MethodHandles.lookup().defineClass(bytes);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void deadlockedReceivesNameTheirLine(Link link) throws ReflectiveOperationException {
        Jobs.Result result = Jobs.run(link, 2, generated());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("rank 0 waits in recv from rank 1, tag 3, at ring.pel:7\n");
    }

    @ParameterizedTest
    @EnumSource
    void failuresNameTheLineToo(Link link) throws ReflectiveOperationException {
        Jobs.RankCode code = generated();
        Jobs.Result result = Jobs.run(link, 1, code);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("rank 1 does not exist: there are ranks 0..0\n  at ring.pel:7\n");
    }
}
