package org.pellang.compiler.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void namesStayCloseToTheProgram() {
        Names names = new Names();
        assertThat(names.fresh("u")).isEqualTo("u");
        assertThat(names.fresh("u")).isEqualTo("u_2");
        assertThat(names.fresh("class")).isEqualTo("class_");
        assertThat(names.fresh("class")).isEqualTo("class__2");
        assertThat(names.fresh("_")).isEqualTo("__");
    }

    @Test
    void localsHideNoMembersAndMethodsDoNotDisturbEachOther() {
        Names members = new Names();
        members.reserve("rank");
        Names first = members.inner();
        Names second = members.inner();
        assertThat(first.fresh("rank")).isEqualTo("rank_2");
        assertThat(first.fresh("i")).isEqualTo("i");
        assertThat(second.fresh("i")).isEqualTo("i");
        assertThat(members.isFree("i")).isTrue();
        assertThat(second.isFree("rank")).isFalse();
    }
}
