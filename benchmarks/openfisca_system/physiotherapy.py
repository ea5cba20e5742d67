"""Physiotherapy: who pays and how much is used (method 2)."""

from __future__ import annotations

import numpy as np

from benchmarks.openfisca_system.system import Quantity, ratio


class deductible_share(Quantity):
    def formula(draw, period):
        course = draw("use_physio_sessions", period) * draw("price_physio", period)
        part = 1 - np.exp(-ratio(draw("ins_deductible", period), course))
        return np.where(course > 0, (1 - draw("ins_ded_used", period)) * part, 0)


class share_faced_in_package(Quantity):
    def formula(draw, period):
        return draw("deductible_share", period) * (1 - draw("pol_deductible_exempt", period))


class already_in_package(Quantity):
    def formula(draw, period):
        return np.minimum(
            draw("ins_basic_physio_today", period), 1 - draw("ins_physio_cover", period)
        )


class self_paying(Quantity):
    def formula(draw, period):
        return 1 - draw("ins_physio_cover", period) - draw("already_in_package", period)


class used_in_package(Quantity):
    def formula(draw, period):
        elasticity, faced = draw("ins_elasticity", period), draw("share_faced_in_package", period)
        moved = draw("pol_physio_package", period)

        def demand(before):
            least = draw("physio_least_use", period)
            used, now = (np.maximum(1 + elasticity * share, least) for share in (before, faced))
            return now / used

        return (
            moved * draw("ins_physio_cover", period) * demand(0)
            + moved * draw("self_paying", period) * demand(1)
            + draw("already_in_package", period) * demand(draw("deductible_share", period))
        )


class physiotherapy_supplementary_insurance(Quantity):
    def formula(draw, period):
        return draw("ins_physio_cover", period) * (1 - draw("pol_physio_package", period))


class physiotherapy_household_out_of_pocket(Quantity):
    def formula(draw, period):
        return draw("self_paying", period) * (1 - draw("pol_physio_package", period))


class physiotherapy_household_deductible(Quantity):
    def formula(draw, period):
        return draw("used_in_package", period) * draw("share_faced_in_package", period)


class physiotherapy_basic_insurance(Quantity):
    def formula(draw, period):
        return draw("used_in_package", period) * (1 - draw("share_faced_in_package", period))


class physiotherapy_use(Quantity):
    def formula(draw, period):
        outside = draw("physiotherapy_supplementary_insurance", period) + draw(
            "physiotherapy_household_out_of_pocket", period
        )
        return outside + draw("used_in_package", period)


class physiotherapy_patients_today(Quantity):
    """At today's use, for this scenario's episodes and mix."""

    def formula(draw, period):
        direct = draw("vol_direct_access", period)
        mix = draw("relative_patients_of_doctors", period)
        relative = direct * draw("relative_episodes", period) + (1 - direct) * mix
        return draw("vol_physio_lbp", period) * relative


class extra_physiotherapy_patients(Quantity):
    def formula(draw, period):
        more = draw("physiotherapy_use", period) - 1
        return draw("physiotherapy_patients_today", period) * more


class physiotherapy_sessions(Quantity):
    def formula(draw, period):
        patients = draw("physiotherapy_patients_today", period) * draw("physiotherapy_use", period)
        return patients * draw("use_physio_sessions", period)
