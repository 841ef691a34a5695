// ADOL-C: one tape, replayed at each call or traced anew; Hv by forward over reverse (hess_vec).
#if !__has_include(<adolc/adolc.h>)
#error ADOL-C is not installed (Debian: apt-get install libadolc-dev)
#else
#include <adolc/adolc.h>
#include "engine.hpp"

struct AdolC {
    static constexpr short tape = 1;

    // Buffers wide enough for no tape to go to a file.
    static void begin() { trace_on(tape, 0, 1 << 24, 1 << 26, 1 << 24, 1 << 25); }

    template <class F> static void trace(const F& f, const Vector& x) {
        begin();
        std::vector<adouble> active(x.size());
        for (size_t i = 0; i < x.size(); i++) active[i] <<= x[i];
        double value;
        f(active) >>= value;
        trace_off();
    }

    static void gradient(const Vector& x, Vector& g) { check(::gradient(tape, int(x.size()), x.data(), g.data())); }

    static void product(const Vector& x, const Vector& v, Vector& hv) {
        check(hess_vec(tape, int(x.size()), const_cast<double*>(x.data()), const_cast<double*>(v.data()), hv.data()));
    }

    template <class F> static std::vector<Mode> modes(const F& f) {
        trace(f, f.start);
        return {
            {"ADOL-C, tape replayed", gradient, product},
            {"ADOL-C, traced anew", [&f](auto& x, auto& g) { trace(f, x), gradient(x, g); },
                [&f](auto& x, auto& v, auto& hv) { trace(f, x), product(x, v, hv); }},
        };
    }

    static void trace(const BundleAdjustment& data, int observation) {
        double x[BundleAdjustment::own], value;
        data.gather(observation, x);
        begin();
        adouble active[BundleAdjustment::own], r[BundleAdjustment::outputs];
        for (int j = 0; j < BundleAdjustment::own; j++) active[j] <<= x[j];
        locint u = mkparam_idx(data.feature[2 * observation]), v = mkparam_idx(data.feature[2 * observation + 1]);
        residuals(active, getparam(u), getparam(v), r);
        for (adouble& e : r) e >>= value;
        trace_off();
    }

    static void jacobian(const BundleAdjustment& data, int observation, Vector& all) {
        constexpr int m = BundleAdjustment::outputs, n = BundleAdjustment::own;
        double x[n], *rows[m];
        data.gather(observation, x);
        for (int i = 0; i < m; i++) rows[i] = &all[(observation * m + i) * n];
        check(::jacobian(tape, m, n, x, rows));
    }

    static std::vector<Mode> jacobianModes(const BundleAdjustment& data) {
        return {
            {"ADOL-C, tape replayed", [&data](auto&, auto& all) {
                trace(data, 0);
                for (int i = 0; i < data.observations; i++) {
                    set_param_vec(tape, 2, const_cast<double*>(&data.feature[2 * i]));
                    jacobian(data, i, all);
                }
            }, {}},
            {"ADOL-C, traced anew", [&data](auto&, auto& all) {
                for (int i = 0; i < data.observations; i++) trace(data, i), jacobian(data, i, all);
            }, {}},
        };
    }

private:
    // Negative: a comparison came out otherwise than on the tape.
    static void check(int code) {
        if (code < 0) throw std::runtime_error("ADOL-C returned " + std::to_string(code));
    }
};

int main(int count, char** arguments) { return run<AdolC>(count, arguments); }
#endif
