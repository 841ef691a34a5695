// What the engines' programs share: the arguments, the measuring and the printing.
#pragma once
#include "objectives.hpp"
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>

using Vector = std::vector<double>;

// A way of using an engine.
struct Mode {
    const char* name;
    std::function<void(const Vector& x, Vector& gradient)> gradient;
    std::function<void(const Vector& x, const Vector& v, Vector& product)> product;
};

inline double dot(const Vector& a, const Vector& b) {
    double sum = 0;
    for (size_t i = 0; i < a.size(); i++) sum += a[i] * b[i];
    return sum;
}

// The processor time of this thread in microseconds, which other programs' work doesn't lengthen.
inline double now() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1e6 + time.tv_nsec * 1e-3;
}

// Shortest time of each action in microseconds, of 25 rounds of 2 ms or one call each, or of as many rounds (five at least) as take ten
// seconds. The actions take turns, so that a disturbance meets them all.
inline Vector shortest(const std::vector<std::function<void()>>& actions) {
    std::vector<int> repetitions;
    for (auto& action : actions) {
        action();
        double start = now();
        int count = 0;
        do action(), count++;
        while (now() - start < 2000);
        repetitions.push_back(count);
    }
    Vector times(actions.size(), INFINITY);
    double begin = now();
    for (int round = 0; round < 25 && (round < 5 || now() - begin < 10e6); round++)
        for (size_t i = 0; i < actions.size(); i++) {
            double start = now();
            for (int k = 0; k < repetitions[i]; k++) actions[i]();
            times[i] = std::min(times[i], (now() - start) / repetitions[i]);
        }
    return times;
}

// A line a mode: name; microseconds of the plain function, gradient, Hv; value, norm of the gradient, vᵀHv with v_i = sin(i + 1).
// A dash stands for what an objective lacks.
inline void print(const Mode& mode, std::initializer_list<std::optional<double>> figures) {
    std::printf("%s", mode.name);
    for (auto& figure : figures)
        if (figure) std::printf("\t%.17g", *figure);
        else std::printf("\t-");
    std::printf("\n");
}

template <class F> void measure(const F& f, const std::vector<Mode>& modes) {
    Vector x = f.start, v(x.size()), result(x.size());
    for (size_t i = 0; i < v.size(); i++) v[i] = std::sin(double(i + 1));
    volatile double value;
    std::vector<std::function<void()>> actions{[&] { value = f(x); }};
    for (auto& mode : modes) {
        actions.push_back([&] { mode.gradient(x, result); });
        actions.push_back([&] { mode.product(x, v, result); });
    }
    Vector times = shortest(actions);
    for (size_t i = 0; i < modes.size(); i++) {
        modes[i].gradient(x, result);
        double norm = std::sqrt(dot(result, result));
        modes[i].product(x, v, result);
        print(modes[i], {times[0], times[1 + 2 * i], times[2 + 2 * i], value, norm, dot(v, result)});
    }
}

// Of bundle adjustment: the value is the sum of the squared residuals, the norm that of the Jacobian (3 × 15 for each observation).
inline void measureJacobian(const BundleAdjustment& data, const std::vector<Mode>& modes) {
    Vector r(BundleAdjustment::outputs * data.observations), jacobian(r.size() * BundleAdjustment::own);
    std::vector<std::function<void()>> actions{[&] {
        double x[BundleAdjustment::own];
        for (int i = 0; i < data.observations; i++) {
            data.gather(i, x);
            residuals(x, data.feature[2 * i], data.feature[2 * i + 1], &r[3 * i]);
        }
    }};
    for (auto& mode : modes) actions.push_back([&] { mode.gradient({}, jacobian); });
    Vector times = shortest(actions);
    for (size_t i = 0; i < modes.size(); i++) {
        modes[i].gradient({}, jacobian);
        print(modes[i], {times[0], times[1 + i], {}, dot(r, r), std::sqrt(dot(jacobian, jacobian)), {}});
    }
}

// Runs the objective that the arguments (name, folder of the data) ask for; Engine says how it is differentiated.
template <class Engine> int run(int count, char** arguments) try {
    if (count != 3) throw std::runtime_error("Arguments: rosenbrock-1000 | rosenbrock-100000 | gmm | lstm | ba, and the folder of the data.");
    std::string name = arguments[1], folder = std::string(arguments[2]) + "/";
    auto differentiate = [](const auto& f) { measure(f, Engine::modes(f)); };
    if (name == "rosenbrock-1000") differentiate(Rosenbrock(1000));
    else if (name == "rosenbrock-100000") differentiate(Rosenbrock(100000));
    else if (name == "gmm") differentiate(Gmm(Numbers(folder + "gmm_d10_K25.txt")));
    else if (name == "lstm") differentiate(Lstm(Numbers(folder + "lstm_l2_c1024.txt")));
    else if (name == "ba") {
        BundleAdjustment data(Numbers(folder + "ba1_n49_m7776_p31843.txt"));
        measureJacobian(data, Engine::jacobianModes(data));
    } else throw std::runtime_error("There is no objective " + name);
    return 0;
} catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return 1;
}
